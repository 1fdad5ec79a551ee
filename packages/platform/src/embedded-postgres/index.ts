export { type EmbeddedPostgres, startEmbeddedPostgres } from "./cluster.ts";
export { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
export { isRunning } from "./postmaster.ts";
export { socketFolder } from "./socket-folder.ts";
