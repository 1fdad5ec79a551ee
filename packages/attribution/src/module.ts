import type { ContextModule, InvariantCheck } from "@biotop/platform/module";

/** Attribution has no door of its own: transactions asks it in the transaction that prices a sale. */
export function createAttributionModule(): ContextModule {
  return {
    name: "attribution",
    migrations: { context: "attribution", folder: new URL("./db/migrations/", import.meta.url) },
    routes: [],
    subscriptions: [],
    due: [],
    jobs: [],
    invariants: [explanationNamesWinner, versionsAreGapless],
  };
}

const explanationNamesWinner: InvariantCheck = {
  id: "attribution.names-winner",
  statement: "Every attribution's explanation names exactly its winner, and none when nobody won.",
  violations: async (tx) => {
    const { rows } = await tx.query<{ example: string }>(
      `select conversion_id || ' v' || version as example from attribution.record
       where jsonb_path_query_array(explanation, '$.candidates[*] ? (@.outcome == "won").clickId')
         <> case when click_id is null then '[]'::jsonb else jsonb_build_array(click_id) end limit 20`,
    );
    return rows.map((row) => row.example);
  },
};

const versionsAreGapless: InvariantCheck = {
  id: "attribution.versions-gapless",
  statement: "The versions of a conversion's attribution run from one without a gap.",
  violations: async (tx) => {
    const { rows } = await tx.query<{ conversion_id: string }>(
      "select conversion_id from attribution.record group by conversion_id having max(version) <> count(*) limit 20",
    );
    return rows.map((row) => row.conversion_id);
  },
};
