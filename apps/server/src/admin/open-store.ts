import { ConfigError } from "@biotop/platform/config";
import { openDatabase } from "@biotop/platform/db";
import { startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import { randomIds } from "@biotop/platform/ids";
import { createLog } from "@biotop/platform/log";
import { readEnvironment, readSettings } from "../config.ts";
import { readSecrets } from "../secrets.ts";
import { migrateStore } from "../supervisor/prepare-store.ts";
import { instanceClock } from "../time/instance-clock.ts";
import { readStoredClock } from "../time/stored-clock.ts";
import { type Product, type WiringDeps, wire } from "../wiring.ts";

export type OpenStore = WiringDeps & { readonly product: Product; readonly close: () => Promise<void> };

/**
 * The store for a command beside or without a running server: the configured one, or our own, which is started for the while
 * when it does not run.
 */
export async function openStore(): Promise<OpenStore> {
  const settings = readSettings(readEnvironment());
  const own = settings.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: settings.dataDir }) : undefined;
  const databaseUrl = settings.databaseUrl ?? own?.url;
  if (databaseUrl === undefined) throw new ConfigError("There is no store: set DATABASE_URL, or let Biotop run its own.");
  await migrateStore(databaseUrl);
  const db = openDatabase({ url: databaseUrl, connectionsMax: 4 });
  // Which clock a new store runs on is settled by its first start, not by a command before it.
  const clock = (await db.inTransaction("system", readStoredClock)) ?? { mode: "real" };
  const deps: WiringDeps = {
    db,
    clock: instanceClock(clock),
    ids: randomIds(),
    log: createLog({ level: "error", name: "cli" }),
    settings: { ...settings, databaseUrl },
    secrets: readSecrets(settings.secretFile),
  };
  const product = wire(deps);
  return {
    ...deps,
    product,
    async close() {
      await product.close();
      await db.close();
      if (own && !own.isAdopted) await own.stop();
    },
  };
}
