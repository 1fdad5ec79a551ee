import type { Clock, Ids } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";

export type BillingDeps = {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
};
