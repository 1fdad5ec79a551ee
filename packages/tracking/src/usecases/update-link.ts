import { audit } from "@biotop/access";
import { programmesByIds } from "@biotop/contracts";
import { err, type LinkId, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { SubIds } from "@biotop/tracking-protocol";
import { loadLink, saveLink } from "../db/link-repository.ts";
import { wantRouteTable } from "../db/route-table-state.ts";
import { checkTarget, type Link, type TargetRefusal } from "../domain/link.ts";
import type { LinkChanged } from "../events.ts";
import { mayChangeLink } from "../policy.ts";
import type { TrackingDeps } from "../ports.ts";

export type UpdateLink = {
  readonly targetUrl?: string | undefined;
  readonly subIds?: SubIds | undefined;
  readonly label?: string | undefined;
  readonly state?: Link["state"] | undefined;
};

export type UpdateLinkRefusal = { readonly kind: "not-found" } | { readonly kind: "not-allowed" } | TargetRefusal;

export async function updateLink(deps: TrackingDeps, actor: Actor, id: LinkId, cmd: UpdateLink): Promise<Result<Link, UpdateLinkRefusal>> {
  const programmes = await deps.db.inTransaction("system", async (tx) => {
    const link = await loadLink(tx, id);
    return link ? programmesByIds(tx, [link.programme]) : [];
  });
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const link = await loadLink(tx, id);
    const [programme] = programmes;
    if (!link || !programme) return err({ kind: "not-found" });
    if (!mayChangeLink(actor, link)) return err({ kind: "not-allowed" });

    const target = cmd.targetUrl === undefined ? ok(link.targetUrl) : checkTarget(cmd.targetUrl, programme);
    if (!target.ok) return target;
    const changed: Link = {
      ...link,
      targetUrl: target.value,
      subIds: cmd.subIds ?? link.subIds,
      label: cmd.label ?? link.label,
      state: cmd.state ?? link.state,
    };
    await saveLink(tx, changed);
    await wantRouteTable(tx);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "link.changed",
      subject: id,
      facts: { fields: Object.keys(cmd).join(" "), state: changed.state },
      at: deps.clock.now(),
    });
    const news: LinkChanged = { type: "link.changed", linkId: id, programmeId: link.programme, partner: link.partner };
    await publish(tx, news);
    return ok(changed);
  });
}
