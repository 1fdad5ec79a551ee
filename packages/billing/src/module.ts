import type { ContextModule } from "@biotop/platform/module";
import { subscribe } from "@biotop/platform/outbox";
import { billingInvariants } from "./db/invariants.ts";
import { nextToIssue, nextToPrepare } from "./db/month-ends.ts";
import { billingRoutes } from "./http/routes.ts";
import { planMonthEndsOf } from "./jobs/plan-month-ends.ts";
import { closeDueMonth } from "./usecases/close-month.ts";
import type { BillingDeps } from "./usecases/deps.ts";
import { prepareDueRuns } from "./usecases/draft-payout-run.ts";

export const billingMigrations = { context: "billing", folder: new URL("./db/migrations/", import.meta.url) };

export function createBillingModule(deps: BillingDeps): ContextModule {
  return {
    name: "billing",
    migrations: billingMigrations,
    routes: billingRoutes(deps),
    subscriptions: [subscribe({ name: "billing.plan-month-ends", type: "contract.activated", handle: planMonthEndsOf })],
    due: [
      { name: "billing.month-end", nextDue: nextToIssue, runDue: (until) => closeDueMonth(deps, until) },
      { name: "billing.prepare-payout-run", nextDue: nextToPrepare, runDue: (until) => prepareDueRuns(deps, until) },
    ],
    jobs: [],
    invariants: billingInvariants,
  };
}
