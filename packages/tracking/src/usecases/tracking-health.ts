import { programmeList } from "@biotop/contracts";
import { findOrganisations } from "@biotop/directory";
import { epochMs, type OrgId, type ProgrammeId, plusDays } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, getTrackingHealth } from "@biotop/wire";
import { programmesOfLinks, trafficOf } from "../db/health-queries.ts";
import { readRouteTableState } from "../db/route-table-state.ts";
import { trackingState } from "../domain/health.ts";
import { maySeeOperation } from "../policy.ts";
import type { TrackingDeps } from "../ports.ts";

export type TrackingHealth = AnswerOf<typeof getTrackingHealth>;

const daysShown = 30;
/** An edge writes its status at least every second; three missed ones and it is gone. */
const freshMsMax = 5000;

export async function trackingHealth(deps: TrackingDeps, actor: Actor): Promise<TrackingHealth> {
  return { programmes: await programmeHealth(deps, actor.org), operation: await operationHealth(deps, actor) };
}

async function programmeHealth(deps: TrackingDeps, org: OrgId): Promise<TrackingHealth["programmes"]> {
  const own = await deps.db.inTransaction("system", async (tx) => {
    const all = await programmeList(tx);
    const promoted = new Set<ProgrammeId>(await programmesOfLinks(tx, org));
    const shown = all.filter((programme) => programme.org === org || promoted.has(programme.id));
    const orders = await deps.lastOrders(
      tx,
      shown.filter((programme) => programme.org === org).map((programme) => programme.id),
    );
    return { shown, orders };
  });
  const ids = own.shown.map((programme) => programme.id);
  const since = plusDays(deps.clock.now(), -daysShown);
  const traffic = await deps.db.inTransaction({ org }, (tx) => trafficOf(tx, ids, since));
  const byProgramme = new Map(traffic.map((each) => [each.programme, each]));
  return own.shown.map(({ id, name, org: merchant }) => {
    const seen = byProgramme.get(id);
    const lastClickAt = seen?.lastClickAt ?? null;
    const lastOrderAt = own.orders.get(id) ?? null;
    return {
      programme: { id, name },
      role: merchant === org ? ("merchant" as const) : ("partner" as const),
      state: trackingState(lastClickAt, lastOrderAt),
      lastClickAt,
      lastOrderAt,
      clicks: seen?.clicks ?? 0,
      botClicks: seen?.botClicks ?? 0,
      counts: { ...seen?.counts },
    };
  });
}

async function operationHealth(deps: TrackingDeps, actor: Actor): Promise<TrackingHealth["operation"]> {
  const { organisation, state } = await deps.db.inTransaction("system", async (tx) => ({
    organisation: (await findOrganisations(tx, [actor.org]))[0],
    state: await readRouteTableState(tx),
  }));
  if (!maySeeOperation(actor, organisation)) return null;
  const nowMs = epochMs(deps.realNow());
  const edges = await deps.edgeFiles.edgeStatuses();
  const { lagMs, clicksLoaded, tornTails } = deps.loaderStatus();
  return {
    routeTableVersion: Number(state.version),
    edges: edges.map((edge) => ({
      worker: edge.worker,
      seenAt: edge.at,
      isFresh: nowMs - epochMs(edge.at) <= freshMsMax,
      routeTableVersion: edge.routeTableVersion,
      lastSyncAt: edge.lastFsyncAt ?? null,
      counters: { ...edge.counters },
    })),
    loader: { lagMs, clicksLoaded, tornTails },
  };
}
