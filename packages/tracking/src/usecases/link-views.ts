import { programmesByIds } from "@biotop/contracts";
import { findOrganisations } from "@biotop/directory";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, listLinks } from "@biotop/wire";
import { clicksOfLinks, findLinks, type LinkFilter } from "../db/link-repository.ts";
import type { Link } from "../domain/link.ts";
import { mayChangeLink } from "../policy.ts";
import type { TrackingDeps } from "../ports.ts";

export type LinkView = AnswerOf<typeof listLinks>["rows"][number];

export async function listLinkViews(
  deps: TrackingDeps,
  actor: Actor,
  filter: LinkFilter,
): Promise<{ readonly rows: LinkView[]; readonly next: string | null }> {
  const found = await deps.db.inTransaction({ org: actor.org }, (tx) => findLinks(tx, { ...filter, limit: filter.limit + 1 }));
  const page = found.slice(0, filter.limit);
  const next = found.length > filter.limit ? (page.at(-1)?.id ?? null) : null;
  return { rows: await linkViews(deps, actor, page), next };
}

/** Links as screens show them: with names, address and clicks. Names of organisations and programmes are no secret. */
export async function linkViews(deps: TrackingDeps, actor: Actor, links: readonly Link[]): Promise<LinkView[]> {
  if (links.length === 0) return [];
  const names = await deps.db.inTransaction("system", async (tx) => {
    const programmes = await programmesByIds(tx, [...new Set(links.map((link) => link.programme))]);
    const organisations = await findOrganisations(tx, [...new Set(links.flatMap((link) => [link.partner, link.merchant]))]);
    return new Map<string, string>([...programmes, ...organisations].map(({ id, name }) => [id, name]));
  });
  const clicks = await deps.db.inTransaction({ org: actor.org }, (tx) => clicksOfLinks(tx, links));
  const named = <Id extends string>(id: Id) => ({ id, name: names.get(id) ?? id });
  return links.map((link) => ({
    id: link.id,
    key: link.key,
    url: `${deps.edgeUrl}/c/${link.key}`,
    programme: named(link.programme),
    partner: named(link.partner),
    merchant: named(link.merchant),
    targetUrl: link.targetUrl,
    subIds: { ...link.subIds },
    label: link.label,
    state: link.state,
    createdAt: link.createdAt,
    clicks: clicks.get(link.id) ?? 0,
    can: { change: mayChangeLink(actor, link) },
  }));
}
