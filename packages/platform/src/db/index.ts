export { appRole, type Database, openDatabase } from "./database.ts";
export { type Migrations, migrate } from "./migrate.ts";
export type { DbScope } from "./scope.ts";
export { storeMigrations } from "./store-migrations.ts";
export type { Tx } from "./transaction.ts";
