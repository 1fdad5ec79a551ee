import type { RatesImported } from "@biotop/ledger/events";
import type { ContextModule } from "@biotop/platform/module";
import { subscribe } from "@biotop/platform/outbox";
import { transactionsInvariants } from "./db/invariants.ts";
import { linesAreLedger } from "./db/ledger-agreement.ts";
import { transactionsRoutes } from "./http/routes.ts";
import type { TransactionsDeps } from "./ports.ts";
import { validationDeadlines } from "./usecases/deadlines.ts";
import { wakeWaiting } from "./usecases/price-waiting.ts";
import { createVersionCache } from "./usecases/pricing-version.ts";
import { createPipeline, type Pipeline } from "./usecases/process-pending.ts";

export type { TransactionsDeps } from "./ports.ts";

export type TransactionsModule = ContextModule & {
  /** For the loader: what the edge acknowledged comes in, and what may be decided is. */
  readonly pipeline: Pipeline;
};

export function createTransactionsModule(deps: TransactionsDeps): TransactionsModule {
  const versions = createVersionCache();
  return {
    name: "transactions",
    migrations: { context: "transactions", folder: new URL("./db/migrations/", import.meta.url) },
    routes: transactionsRoutes(deps, versions),
    subscriptions: [
      subscribe<RatesImported>({ name: "transactions.on-rates-imported", type: "rates.imported", handle: (tx) => wakeWaiting(tx) }),
    ],
    due: [validationDeadlines(deps, versions)],
    jobs: [],
    invariants: [...transactionsInvariants, linesAreLedger],
    pipeline: createPipeline(deps, versions),
  };
}
