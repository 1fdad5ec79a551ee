import { rename, writeFile } from "node:fs/promises";
import { instantFromMs } from "@biotop/kernel";
import type { Log } from "@biotop/platform/log";
import type { EdgeStatus } from "@biotop/tracking-protocol";
import type { EdgeWorld } from "./edge-world.ts";

const statusEveryMs = 1000;

/** What the worker says about itself now. */
export function edgeStatus(of: Pick<EdgeWorld, "worker" | "table" | "segments" | "counters"> & { readonly port: number }): EdgeStatus {
  const lastStoredMs = of.segments.lastStoredMs();
  return {
    worker: of.worker,
    pid: process.pid,
    port: of.port,
    routeTableVersion: of.table.current()?.version ?? 0,
    ...(lastStoredMs === undefined ? {} : { lastFsyncAt: instantFromMs(lastStoredMs) }),
    isStoring: of.segments.isStoring(),
    counters: { ...of.counters },
    at: instantFromMs(Date.now()),
  };
}

export type StatusFile = { readonly start: () => void; readonly write: () => void; readonly stop: () => Promise<void> };

/** Writes the status every second and when asked. It is news, not a fact: a full disk may lose it. */
export function createStatusFile(path: string, log: Log, statusNow: () => EdgeStatus): StatusFile {
  let running: Promise<void> | undefined;
  let isWanted = false;
  let timer: NodeJS.Timeout | undefined;
  const writeOnce = async (): Promise<void> => {
    await writeFile(`${path}.new`, JSON.stringify(statusNow()), { mode: 0o600 });
    await rename(`${path}.new`, path);
  };
  const write = (): void => {
    if (!timer) return;
    isWanted = true;
    running ??= (async () => {
      while (isWanted) {
        isWanted = false;
        await writeOnce().catch((error: Error) => log.debug({ error: error.message }, "status not written"));
      }
      running = undefined;
    })();
  };
  return {
    write,
    start() {
      timer = setInterval(write, statusEveryMs);
      write();
    },
    async stop() {
      clearInterval(timer);
      write();
      timer = undefined;
      await running;
    },
  };
}
