import { addJob, jobTask, startJobWorker } from "@biotop/platform/jobs";
import { openTestStore, type TestStore } from "@biotop/testing";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

test("a job added under the app role is worked off once, and one that was rolled back never", async () => {
  const done: string[] = [];
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const task = jobTask({
    name: "test.note",
    payload: z.object({ text: z.string() }),
    run: async ({ text }) => {
      done.push(text);
      if (text === "last") finish();
    },
  });
  const rolledBack = store.db.inTransaction("system", async (tx) => {
    await addJob(tx, "test.note", { text: "never" });
    throw new Error("rolled back");
  });
  await expect(rolledBack).rejects.toThrow("rolled back");
  await store.db.inTransaction("system", (tx) => addJob(tx, "test.note", { text: "once" }));

  const pool = new Pool({ connectionString: store.url, max: 4 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const worker = await startJobWorker(pool, [task]);
  await store.db.inTransaction("system", (tx) => addJob(tx, "test.note", { text: "last" }));
  await finished;
  await worker.stop();
  await pool.end();
  expect(done.toSorted()).toEqual(["last", "once"]);
});
