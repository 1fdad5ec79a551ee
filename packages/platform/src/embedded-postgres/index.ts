export { type EmbeddedPostgres, startEmbeddedPostgres } from "./cluster.ts";
export { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
