import { audit } from "@biotop/access";
import { contractInForce, hasOpenOffer, programmesByIds } from "@biotop/contracts";
import { err, ok, type ProgrammeId, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { SubIds } from "@biotop/tracking-protocol";
import { insertLink } from "../db/link-repository.ts";
import { wantRouteTable } from "../db/route-table-state.ts";
import { checkTarget, defaultLabel, keyOfLink, type Link, type ProgrammeFacts, type TargetRefusal } from "../domain/link.ts";
import type { LinkCreated } from "../events.ts";
import type { TrackingDeps } from "../ports.ts";

export type CreateLink = {
  readonly programme: ProgrammeId;
  readonly targetUrl?: string | undefined;
  readonly subIds?: SubIds | undefined;
  readonly label?: string | undefined;
};

export type CreateLinkRefusal =
  | { readonly kind: "not-found" }
  | { readonly kind: "programme-not-joined"; readonly programme: ProgrammeId; readonly programmeName: string }
  | TargetRefusal;

export async function createLink(deps: TrackingDeps, actor: Actor, cmd: CreateLink): Promise<Result<Link, CreateLinkRefusal>> {
  const programme = await deps.db.inTransaction("system", (tx) => findJoined(deps, tx, actor, cmd.programme));
  if (!programme.ok) return programme;
  return saveNewLink(deps, actor, programme.value, cmd);
}

/** The programme, when a contract with the acting organisation is in force or the programme stands open to everybody. */
export async function findJoined(
  deps: TrackingDeps,
  tx: Tx,
  actor: Actor,
  id: ProgrammeId,
): Promise<Result<ProgrammeFacts, CreateLinkRefusal>> {
  const [programme] = await programmesByIds(tx, [id]);
  if (!programme) return err({ kind: "not-found" });
  const contract = await contractInForce(tx, { programme: id, earner: actor.org, at: deps.clock.now() });
  return contract || (await hasOpenOffer(tx, id))
    ? ok(programme)
    : err({ kind: "programme-not-joined", programme: id, programmeName: programme.name });
}

/** Makes the link and asks for a new route table in one transaction: no link is promised that no edge will learn. */
export async function saveNewLink(
  deps: TrackingDeps,
  actor: Actor,
  programme: ProgrammeFacts,
  cmd: Omit<CreateLink, "programme">,
): Promise<Result<Link, TargetRefusal>> {
  const target = checkTarget(cmd.targetUrl ?? programme.homeUrl, programme);
  if (!target.ok) return target;

  const id = deps.ids.next("lnk");
  const link: Link = {
    id,
    key: keyOfLink(id),
    programme: programme.id,
    partner: actor.org,
    merchant: programme.org,
    targetUrl: target.value,
    subIds: cmd.subIds ?? {},
    label: cmd.label ?? defaultLabel(target.value),
    state: "active",
    createdAt: deps.clock.now(),
  };
  await deps.db.inTransaction({ org: actor.org }, async (tx) => {
    await insertLink(tx, link);
    await wantRouteTable(tx);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "link.created",
      subject: id,
      facts: { programme: programme.id, host: new URL(link.targetUrl).hostname },
      at: link.createdAt,
    });
    const news: LinkCreated = { type: "link.created", linkId: id, programmeId: programme.id, partner: actor.org };
    await publish(tx, news);
  });
  return ok(link);
}
