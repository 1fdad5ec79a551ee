import { type ConversionId, type Instant, type OrgId, type ProgrammeId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Explanation, Winner } from "../domain/attribution-model.ts";

export type AttributionRecord = {
  readonly conversion: ConversionId;
  readonly version: number;
  readonly programme: ProgrammeId;
  readonly merchant: OrgId;
  readonly winner: Winner | undefined;
  readonly explanation: Explanation;
  readonly attributedAt: Instant;
};

type Row = {
  readonly conversion_id: ConversionId;
  readonly version: number;
  readonly programme_id: ProgrammeId;
  readonly merchant_id: OrgId;
  readonly partner_id: OrgId | null;
  readonly click_id: string | null;
  readonly explanation: Explanation;
  readonly attributed_at: Instant;
};

/** The newest record of each conversion. */
export async function newestRecords(tx: Tx, conversions: readonly ConversionId[]): Promise<ReadonlyMap<ConversionId, AttributionRecord>> {
  if (conversions.length === 0) return new Map();
  const { rows } = await tx.query<Row>(
    `select distinct on (conversion_id) conversion_id, version, programme_id, merchant_id, partner_id, click_id, explanation, attributed_at
       from attribution.record where conversion_id = any($1::text[]) order by conversion_id, version desc`,
    [conversions],
    "attribution-newest",
  );
  return new Map(rows.map((row) => [row.conversion_id, recordOf(row)]));
}

/** Every version of one conversion's attribution, newest first. */
export async function recordHistory(tx: Tx, conversion: ConversionId): Promise<readonly AttributionRecord[]> {
  const { rows } = await tx.query<Row>(
    `select conversion_id, version, programme_id, merchant_id, partner_id, click_id, explanation, attributed_at
       from attribution.record where conversion_id = $1 order by version desc limit 200`,
    [conversion],
  );
  return rows.map(recordOf);
}

export async function insertRecords(tx: Tx, records: readonly AttributionRecord[]): Promise<void> {
  if (records.length === 0) return;
  const column = <T>(read: (record: AttributionRecord) => T) => records.map(read);
  await tx.query(
    `insert into attribution.record (conversion_id, version, programme_id, merchant_id, partner_id, click_id, link_id,
       contract_version_id, model_code, model_version, explanation, attributed_at)
     select * from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::integer[], $11::jsonb[], $12::timestamptz[])`,
    [
      column((each) => each.conversion),
      column((each) => each.version),
      column((each) => each.programme),
      column((each) => each.merchant),
      column((each) => each.winner?.partner ?? null),
      column((each) => each.winner?.clickId ?? null),
      column((each) => each.winner?.link ?? null),
      column((each) => each.winner?.contractVersion ?? null),
      column((each) => each.explanation.model.code),
      column((each) => each.explanation.model.version),
      column((each) => JSON.stringify(each.explanation)),
      column((each) => each.attributedAt),
    ],
    "attribution-insert",
  );
}

function recordOf(row: Row): AttributionRecord {
  return {
    conversion: row.conversion_id,
    version: row.version,
    programme: row.programme_id,
    merchant: row.merchant_id,
    winner: row.click_id === null ? undefined : winnerIn(row.explanation),
    explanation: row.explanation,
    attributedAt: row.attributed_at,
  };
}

function winnerIn({ candidates }: Explanation): Winner {
  const named = present(
    candidates.find((candidate) => candidate.outcome === "won"),
    "every attribution with a winner names it in its explanation",
  );
  return {
    clickId: named.clickId,
    partner: present(named.partner, "a winner has a partner"),
    link: present(named.link, "a winner has a link"),
    at: present(named.at, "a winner has a time"),
    contractVersion: present(named.contractVersion, "a winner has a contract in force"),
  };
}
