import { createAttributionModule } from "@biotop/attribution/module";
import type { ApiKeyId, Ids, OrgId } from "@biotop/kernel";
import { createLedgerModule } from "@biotop/ledger/module";
import type { Database } from "@biotop/platform/db";
import { createEgress } from "@biotop/platform/egress";
import type { ResolvePrincipal } from "@biotop/platform/http";
import type { Log } from "@biotop/platform/log";
import type { ContextModule, InvariantCheck } from "@biotop/platform/module";
import type { EdgeStatus } from "@biotop/tracking-protocol";
import type { Scope } from "@biotop/wire";
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

export type GivenKey = { readonly name: string; readonly organisation: OrgId | undefined; readonly scopes: readonly Scope[] };

/** Everything that the contexts make together. */
export type Product = {
  readonly modules: readonly ContextModule[];
  readonly resolvePrincipal: ResolvePrincipal;
  readonly routeTable: { publish: () => Promise<number>; start: () => void; stop: () => Promise<void> };
  readonly edgeStatuses: () => Promise<readonly EdgeStatus[]>;
  readonly loader: Loader;
  readonly invariants: readonly InvariantCheck[];
  /** A new one-time link for the set-up; none when the instance is set up. */
  readonly setupLink: () => Promise<string | undefined>;
  readonly createKey: (given: GivenKey) => Promise<{ readonly id: ApiKeyId; readonly secret: string }>;
  readonly importRates: (csvText: string) => Promise<object>;
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
    invariants: modules.flatMap((module) => module.invariants),
    createKey: async () => ({ id: "key_0", secret: "" }),
    importRates: async () => ({}),
    setupLink: async () => undefined,
    close: nothing,
  };
}
