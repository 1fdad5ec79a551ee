export { appRole, type Database, openDatabase, openLibraryPool } from "./database.ts";
export { type Migrations, migrate } from "./migrate.ts";
export type { DbScope } from "./scope.ts";
export { isStoreAway } from "./store-away.ts";
export { storeMigrations } from "./store-migrations.ts";
export type { Tx } from "./transaction.ts";
