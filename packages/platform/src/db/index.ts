export { appRole, type Database, openDatabase } from "./database.ts";
export { type Migrations, migrate } from "./migrate.ts";
export type { DbScope } from "./scope.ts";
export type { Tx } from "./transaction.ts";

/** The tables that every context stands on. */
export const platformMigrations = { context: "platform", folder: new URL("./migrations/", import.meta.url) };
