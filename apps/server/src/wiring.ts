import { createAttributionModule } from "@biotop/attribution/module";
import type { Ids } from "@biotop/kernel";
import { createLedgerModule } from "@biotop/ledger/module";
import type { Database } from "@biotop/platform/db";
import { createEgress } from "@biotop/platform/egress";
import type { ResolvePrincipal } from "@biotop/platform/http";
import type { Log } from "@biotop/platform/log";
import type { ContextModule } from "@biotop/platform/module";
import type { EdgeStatus } from "@biotop/tracking-protocol";
import type { Pool } from "pg";
import type { Settings } from "./config.ts";
import type { Loader } from "./loader/loader.ts";
import type { Secrets } from "./secrets.ts";
import type { InstanceClock } from "./time/instance-clock.ts";

export type WiringDeps = {
  readonly db: Database;
  readonly ownerPool: Pool;
  readonly clock: InstanceClock;
  readonly ids: Ids;
  readonly log: Log;
  readonly settings: Settings & { readonly databaseUrl: string };
  readonly secrets: Secrets;
};

/** Everything that the contexts make together. */
export type Product = {
  readonly modules: readonly ContextModule[];
  readonly resolvePrincipal: ResolvePrincipal;
  readonly routeTable: { publish: () => Promise<number>; start: () => void; stop: () => Promise<void> };
  readonly edgeStatuses: () => Promise<readonly EdgeStatus[]>;
  readonly loader: Loader;
  readonly setupLink: () => Promise<string | undefined>;
  readonly close: () => Promise<void>;
};

/** The only place that knows every context: makes each with what it needs of the others. */
export function wire(deps: WiringDeps): Product {
  const modules = [
    createAttributionModule(),
    createLedgerModule({ db: deps.db, log: deps.log, egress: createEgress(), organisationNames: async () => new Map() }),
  ];
  const nothing = async () => undefined;
  return {
    modules,
    resolvePrincipal: async () => ({ kind: "nobody" }),
    routeTable: { publish: async () => 1, start: () => undefined, stop: nothing },
    edgeStatuses: async () => [],
    loader: { start: () => undefined, stop: nothing, drain: nothing, status: () => ({ lagMs: 0 }) as never },
    setupLink: async () => undefined,
    close: nothing,
  };
}
