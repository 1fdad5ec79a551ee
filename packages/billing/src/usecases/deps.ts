import type { Clock, Ids } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { CommissionLines } from "../ports.ts";

export type BillingDeps = {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly lines: CommissionLines;
};
