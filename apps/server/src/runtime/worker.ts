import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "@biotop/platform/db";
import { type JobWorker, startJobWorker } from "@biotop/platform/jobs";
import type { Log } from "@biotop/platform/log";
import type { ContextModule } from "@biotop/platform/module";
import { createDispatcher } from "@biotop/platform/outbox";
import type { Pool } from "pg";
import type { Loader } from "../loader/loader.ts";
import { workOffDeadlines } from "../time/deadlines.ts";
import type { InstanceClock } from "../time/instance-clock.ts";
import { oneAtATime, type Repeating, repeat } from "./repeat.ts";

export type WorkerDeps = {
  readonly db: Database;
  /** Jobs run as the store's owner. */
  readonly ownerPool: Pool;
  readonly clock: InstanceClock;
  readonly log: Log;
  readonly modules: readonly ContextModule[];
  /** Loads what the edges have written, and prices it. */
  readonly loader: Pick<Loader, "start" | "stop" | "drain">;
  readonly routeTable: { readonly start: () => void; readonly stop: () => Promise<void> };
};

export type Worker = {
  readonly loadEverything: () => Promise<void>;
  readonly tellEverything: () => Promise<void>;
  readonly pendingNews: () => Promise<number>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const tellWithinMsMax = 10_000;

/** What goes on without anybody asking: loading, pricing, telling news, deadlines, jobs. */
export function createWorker(deps: WorkerDeps): Worker {
  const { log } = deps;
  const dispatcher = createDispatcher(
    deps.db,
    deps.modules.flatMap((module) => module.subscriptions),
    (type, error) => log.error({ type, error: error instanceof Error ? error.message : String(error) }, "news was not taken; trying again"),
  );
  const tell = oneAtATime(async () => void (await dispatcher.drain()));
  const tellEverything = async (): Promise<void> => {
    const until = performance.now() + tellWithinMsMax;
    for (;;) {
      await tell();
      const pending = await dispatcher.pending();
      if (pending === 0) return;
      if (performance.now() > until) {
        log.error({ pending }, "some news is not taken; it is tried again later");
        return;
      }
      await delay(50);
    }
  };
  const sweep = async (): Promise<void> => {
    if (deps.clock.mode() === "manual") return;
    const sources = deps.modules.flatMap((module) => module.due);
    await workOffDeadlines({ db: deps.db, sources, log, setTime: () => undefined, afterWork: tell }, deps.clock.now());
  };
  const loops: Repeating[] = [];
  let jobs: JobWorker | undefined;
  return {
    loadEverything: deps.loader.drain,
    tellEverything,
    pendingNews: dispatcher.pending,
    async start() {
      deps.routeTable.start();
      deps.loader.start();
      loops.push(repeat({ name: "tell", everyMs: 50, log, work: tell }));
      loops.push(repeat({ name: "deadlines", everyMs: 1000, log, work: sweep }));
      jobs = await startJobWorker(
        deps.ownerPool,
        deps.modules.flatMap((module) => module.jobs),
      );
    },
    async stop() {
      await Promise.all([...loops.map((loop) => loop.stop()), deps.loader.stop(), deps.routeTable.stop(), jobs?.stop()]);
    },
  };
}
