import type { Database } from "@biotop/platform/db";
import type { Egress } from "@biotop/platform/egress";
import type { Log } from "@biotop/platform/log";
import type { ContextModule } from "@biotop/platform/module";
import { ledgerInvariants } from "./db/invariants.ts";
import { ledgerRoutes, type OrganisationNames } from "./http/routes.ts";
import { fetchRatesJob } from "./jobs/fetch-rates.ts";

export type LedgerDeps = {
  readonly db: Database;
  readonly log: Log;
  /** platform/egress. */
  readonly egress: Egress;
  /** directory's names; the ledger knows no other context. */
  readonly organisationNames: OrganisationNames;
};

export { ledgerInvariants } from "./db/invariants.ts";

export const ledgerMigrations = { context: "ledger", folder: new URL("./db/migrations/", import.meta.url) };

export function createLedgerModule(deps: LedgerDeps): ContextModule {
  return {
    name: "ledger",
    migrations: ledgerMigrations,
    routes: ledgerRoutes(deps),
    subscriptions: [],
    due: [],
    jobs: [fetchRatesJob(deps)],
    invariants: ledgerInvariants,
  };
}
