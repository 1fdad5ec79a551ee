import type { Instant } from "@biotop/kernel";
import { ConfigError } from "@biotop/platform/config";
import { migrate, openDatabase, storeMigrations } from "@biotop/platform/db";
import { migrateJobs } from "@biotop/platform/jobs";
import type { StartOptions } from "../start-options.ts";
import { decideClock, readStoredClock, type StoredClock, saveStoredClock } from "../time/stored-clock.ts";

export async function migrateStore(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl, storeMigrations());
  await migrateJobs(databaseUrl);
}

/** Brings the store to the newest version and settles which clock it runs on. */
export async function prepareStore(
  databaseUrl: string,
  asked: Pick<StartOptions, "clock" | "isDemo">,
  now: Instant,
): Promise<{ readonly clock: StoredClock; readonly note: string | undefined }> {
  await migrateStore(databaseUrl);
  const db = openDatabase({ url: databaseUrl, connectionsMax: 1 });
  try {
    return await db.inTransaction("system", async (tx) => {
      const decision = decideClock(await readStoredClock(tx), asked, now);
      if ("refusal" in decision) throw new ConfigError(decision.refusal);
      if (decision.isNew) await saveStoredClock(tx, decision.clock);
      return { clock: decision.clock, note: decision.note };
    });
  } finally {
    await db.close();
  }
}
