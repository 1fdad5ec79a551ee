import { existsSync } from "node:fs";
import type { Migrations } from "./migrate.ts";

/** The contexts in the order in which they may know each other: the order in which their tables are made. */
const contexts = [
  "platform",
  "directory",
  "access",
  "contracts",
  "tracking",
  "attribution",
  "ledger",
  "transactions",
  "billing",
  "messaging",
  "reporting",
] as const;

/** The migrations of every context that keeps tables. */
export function storeMigrations(): readonly Migrations[] {
  return contexts
    .map((context) => ({ context, folder: new URL(`../../../${context}/src/db/migrations/`, import.meta.url) }))
    .filter(({ folder }) => existsSync(folder));
}
