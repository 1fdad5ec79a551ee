import cluster, { type Worker } from "node:cluster";
import { readdir, readFile, unlink, writeFile } from "node:fs/promises";
import type { Log } from "@biotop/platform/log";
import { closedMarker, isRunning, listWorkers } from "@biotop/platform/segments";
import { parseEdgeStatus } from "@biotop/tracking-protocol";

const restartMsMin = 100;
const restartMsMax = 5000;
/** A worker that lived this long did not fail at its start. */
const stableMsMin = 30_000;
const stopMsMax = 8000;

/** Keeps `count` workers alive on one port: a worker that ends without being asked is followed by a new one. */
export function runWorkerGroup(options: {
  readonly count: number;
  readonly port: number;
  readonly dataDir: string;
  readonly log: Log;
  readonly onReady: () => void;
}): {
  readonly stop: () => Promise<void>;
} {
  // Workers accept by themselves from one shared socket: connections that a killed worker had not accepted are left to the others.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  let isStopping = false;
  let ready = 0;
  const waits = new Map<number, number>();

  function start(slot: number): void {
    const started = performance.now();
    const worker = cluster.fork({ BIOTOP_EDGE_SLOT: String(slot), EDGE_PORT: String(options.port) });
    worker.once("listening", () => {
      ready += 1;
      if (ready === options.count) options.onReady();
    });
    worker.once("exit", (code, signal) => {
      if (isStopping) return;
      const wait = performance.now() - started > stableMsMin ? restartMsMin : (waits.get(slot) ?? restartMsMin);
      waits.set(slot, Math.min(restartMsMax, wait * 2));
      options.log.error({ slot, code, signal, restartInMs: wait }, "edge worker ended; starting another");
      setTimeout(() => {
        if (isStopping) return;
        void closeDeadLogs(options.dataDir).finally(() => start(slot));
      }, wait);
    });
  }

  void closeDeadLogs(options.dataDir).finally(() => {
    for (let slot = 1; slot <= options.count; slot += 1) start(slot);
  });
  return {
    async stop() {
      isStopping = true;
      const workers = Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker !== undefined);
      await Promise.all(workers.map(stopWorker));
    },
  };
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => worker.process.kill("SIGKILL"), stopMsMax);
    const ended = () => {
      clearTimeout(force);
      resolve();
    };
    worker.once("exit", ended);
    if (worker.isDead()) ended();
    else worker.process.kill("SIGTERM");
  });
}

/** Marks the logs of workers that are gone, so that the loader knows their last segment is complete, and removes their status. */
export async function closeDeadLogs(dataDir: string): Promise<void> {
  const alive = new Set<string>();
  const statusDirectory = `${dataDir}/edge-status`;
  const names: readonly string[] = await readdir(statusDirectory).catch(() => []);
  for (const name of names) {
    const status = parseEdgeStatus(await readFile(`${statusDirectory}/${name}`, "utf8").catch(() => ""));
    if (status && isRunning(status.pid)) alive.add(status.worker);
    else await unlink(`${statusDirectory}/${name}`).catch(() => undefined);
  }
  for (const { worker, isClosed } of await listWorkers(`${dataDir}/segments`)) {
    if (!isClosed && !alive.has(worker)) await writeFile(`${dataDir}/segments/${worker}/${closedMarker}`, "").catch(() => undefined);
  }
}
