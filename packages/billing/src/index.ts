export type { BillingDeps } from "./usecases/deps.ts";
