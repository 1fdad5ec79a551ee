import { createLog } from "@biotop/platform/log";
import { readEnvironment, readSettings } from "./config.ts";
import { readSecrets } from "./secrets.ts";
import { startServer } from "./server.ts";
import type { ChildReady } from "./supervisor/supervised-child.ts";

/** The server as a child of the supervisor: tells when it serves, and ends with its parent. */
const settings = readSettings(readEnvironment());
const { databaseUrl } = settings;
if (databaseUrl === undefined) throw new Error("the supervisor names the store");

const server = await startServer({
  settings: { ...settings, databaseUrl },
  secrets: readSecrets(settings.secretFile),
  log: createLog({ level: settings.logLevel, name: "server" }),
  doesAnswer: process.argv.includes("api"),
  doesWork: process.argv.includes("worker"),
});
// Only with its supervisor's first start: a restarted server must not make the printed link invalid.
const setupLink = process.argv.includes("with-setup-link") ? await server.setupLink() : undefined;
const ready: ChildReady = { type: "ready", ...(setupLink === undefined ? {} : { setupLink }) };
process.send?.(ready);

let isStopping = false;
const stop = async (): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), 8000).unref();
  await server.stop();
  process.exit(0);
};
process.on("SIGTERM", () => void stop());
process.on("disconnect", () => void stop());
// Ctrl-C reaches the whole group: the supervisor decides when we stop.
process.on("SIGINT", () => undefined);
