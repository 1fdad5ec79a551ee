import { makeWorkerUtils, run, type TaskList } from "graphile-worker";
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
  await tx.query("select graphile_worker.add_job($1, $2::json, job_key => $3, max_attempts => 12)", [
    name,
    JSON.stringify(payload),
    options.key ?? null,
  ]);
}

export type JobWorker = { readonly stop: () => Promise<void> };

/** Installs the queue's tables; part of `migrate`, as the owner. */
export async function migrateJobs(url: string): Promise<void> {
  const utils = await makeWorkerUtils({ connectionString: url });
  await utils.migrate();
  await utils.release();
}

export async function startJobWorker(pool: Pool, tasks: readonly JobTask[]): Promise<JobWorker> {
  const taskList: TaskList = Object.fromEntries(tasks.map((task) => [task.name, (payload: unknown) => task.run(payload)]));
  const crontab = tasks
    .filter((task) => task.cron)
    .map((task) => `${task.cron} ${task.name}`)
    .join("\n");
  const runner = await run({ pgPool: pool, taskList, crontab, concurrency: 2, noHandleSignals: true, pollInterval: 2000 });
  return { stop: () => runner.stop() };
}
