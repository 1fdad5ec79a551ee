import { type EmbeddedPostgres, startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import type { Log } from "@biotop/platform/log";

/** The store that Biotop runs itself, started again whenever it ends. */
export type OwnStore = {
  readonly url: string;
  readonly pid: () => number;
  readonly stop: () => Promise<void>;
};

const checkEveryMs = 200;

export async function keepOwnStore(dataDir: string, log: Log, onChange: () => void): Promise<OwnStore> {
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });
  let restarting: Promise<void> | undefined;
  const watch = setInterval(() => {
    if (restarting || server.isAlive()) return;
    log.warn({ pid: server.pid }, "the database ended; starting it again");
    restarting = startEmbeddedPostgres({ dataDir })
      .then(
        (started) => {
          server = started;
          onChange();
        },
        (error: Error) => log.error({ error: error.message }, "the database does not start"),
      )
      .finally(() => {
        restarting = undefined;
      });
  }, checkEveryMs);
  return {
    url: server.url,
    pid: () => server.pid,
    async stop() {
      clearInterval(watch);
      await restarting;
      await server.stop();
    },
  };
}
