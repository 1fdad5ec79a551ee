import { parseInstant } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, listClicks as listClicksEndpoint } from "@biotop/wire";
import { type ClickFilter, findClicks } from "../db/click-queries.ts";
import type { Click } from "../domain/click.ts";
import type { TrackingDeps } from "../ports.ts";

type ClickPage = AnswerOf<typeof listClicksEndpoint>;

export async function listClicks(
  deps: TrackingDeps,
  actor: Actor,
  filter: Omit<ClickFilter, "after"> & { readonly after?: string | undefined },
): Promise<ClickPage> {
  const after = filter.after === undefined ? undefined : parseCursor(filter.after);
  const found = await deps.db.inTransaction({ org: actor.org }, (tx) => findClicks(tx, { ...filter, after, limit: filter.limit + 1 }));
  const page = found.slice(0, filter.limit);
  const last = page.at(-1);
  return { rows: page.map(clickViewOf), next: found.length > filter.limit && last ? `${last.at}~${last.id}` : null };
}

/** A cursor that is none begins at the newest click. */
function parseCursor(cursor: string): ClickFilter["after"] {
  const [time = "", id = ""] = cursor.split("~");
  const at = parseInstant(time);
  return at === undefined ? undefined : { at, id };
}

/** Without the visitor's id: it tells one person from another. */
function clickViewOf(click: Click): ClickPage["rows"][number] {
  const { id, at, link, programme, partner, merchant, target, partnerClickId, isBot, botClass, referrerOrigin, deviceClass } = click;
  const subIds = { ...click.subIds };
  return { id, at, link, programme, partner, merchant, target, subIds, partnerClickId, isBot, botClass, referrerOrigin, deviceClass };
}
