import type { Clock } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";

export type ReportingDeps = { readonly db: Database; readonly clock: Clock };
