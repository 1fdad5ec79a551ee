import { setTimeout as delay } from "node:timers/promises";
import { Logger, makeWorkerUtils, type Runner, run, type TaskList } from "graphile-worker";
import type { Pool } from "pg";
import type { z } from "zod";
import type { Tx } from "../db/index.ts";

/** Work outside the store that may fail and is tried again: mail, downloads, PDF files. Real time, never business deadlines. */
export type JobTask = { readonly name: string; readonly run: (payload: unknown) => Promise<void>; readonly cron?: string };

export function jobTask<Payload extends z.ZodType>(task: {
  readonly name: string;
  readonly payload: Payload;
  readonly run: (payload: z.output<Payload>) => Promise<void>;
  /** Five cron fields in UTC, when the job also runs by itself (its payload is then `{}`). */
  readonly cron?: string;
}): JobTask {
  const base = { name: task.name, run: (payload: unknown) => task.run(task.payload.parse(payload)) };
  return task.cron === undefined ? base : { ...base, cron: task.cron };
}

/** Queues a job in the running transaction; jobs of one `key` replace each other while they wait. */
export async function addJob(tx: Tx, name: string, payload: object, options: { readonly key?: string } = {}): Promise<void> {
  await tx.query("select platform.add_job($1, $2::json, $3)", [name, JSON.stringify(payload), options.key ?? null]);
}

export type JobWorker = { readonly stop: () => Promise<void> };

/** The queue's own tables are closed to the app role; it may only add. */
const addJobFunction = `
  create or replace function platform.add_job(name text, payload json, key text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp
    as $$ select graphile_worker.add_job(name, payload, job_key => key, max_attempts => 12) $$;
  revoke all on function platform.add_job(text, json, text) from public;
  grant execute on function platform.add_job(text, json, text) to biotop_app`;

/** Installs the queue's tables; part of `migrate`, as the owner. */
export async function migrateJobs(url: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: url });
  await utils.migrate();
  await utils.withPgClient((client) => client.query(addJobFunction));
  await utils.release();
}

/** Works jobs off as the store's owner, through a pool of its own; starts anew when the store was away. */
export async function startJobWorker(pool: Pool, tasks: readonly JobTask[]): Promise<JobWorker> {
  const taskList: TaskList = Object.fromEntries(tasks.map((task) => [task.name, (payload: unknown) => task.run(payload)]));
  const crontab = tasks
    .filter((task) => task.cron)
    .map((task) => `${task.cron} ${task.name}`)
    .join("\n");
  const start = () => run({ pgPool: pool, taskList, crontab, concurrency: 2, noHandleSignals: true, pollInterval: 2000, logger: quiet });
  let runner: Runner | undefined;
  let isStopping = false;
  const keepRunning = async (): Promise<void> => {
    while (!isStopping) {
      try {
        runner = await start();
        await runner.promise;
      } catch {
        // The store was away: its own log and /readyz say so.
      }
      if (!isStopping) await delay(500);
    }
  };
  const ended = keepRunning();
  return {
    async stop() {
      isStopping = true;
      await runner?.stop().catch(() => undefined);
      await ended;
    },
  };
}

/** Failing jobs are kept with their error in the queue; its chatter is not ours. */
const quiet = new Logger(() => () => undefined);
