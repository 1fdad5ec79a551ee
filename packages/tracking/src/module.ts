import type { ContextModule } from "@biotop/platform/module";
import { type DomainEvent, type Subscription, subscribe } from "@biotop/platform/outbox";
import { wantRouteTable } from "./db/route-table-state.ts";
import { trackingRoutes } from "./http/routes.ts";
import { trackingInvariants } from "./invariants.ts";
import { createRouteTablePublisher, type RouteTablePublisher } from "./jobs/route-table-publisher.ts";
import type { TrackingDeps } from "./ports.ts";

export { edgeFiles } from "./jobs/edge-files.ts";
export type { RouteTablePublisher } from "./jobs/route-table-publisher.ts";
export type { EdgeFilesPort, LoaderStatus, TrackingDeps } from "./ports.ts";

/** News after which the edges have to learn something. Links ask in their own transaction. */
const newsForEdges = ["programme.created", "programme.changed", "contract.activated", "key.changed"] as const;

export function createTrackingModule(deps: TrackingDeps): ContextModule & { readonly routeTable: RouteTablePublisher } {
  return {
    name: "tracking",
    migrations: { context: "tracking", folder: new URL("./db/migrations/", import.meta.url) },
    routes: trackingRoutes(deps),
    subscriptions: newsForEdges.map(routeTableSubscription),
    due: [],
    jobs: [],
    invariants: trackingInvariants,
    routeTable: createRouteTablePublisher(deps),
  };
}

function routeTableSubscription(type: string): Subscription {
  return subscribe<DomainEvent>({ name: `tracking.route-table-on-${type.replace(".", "-")}`, type, handle: (tx) => wantRouteTable(tx) });
}
