import { isStoreAway } from "@biotop/platform/db";
import { openTestStore, type TestStore } from "@biotop/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

describe("inTransaction", () => {
  test("a connection that breaks between two statements fails that transaction only", async () => {
    const broken = store.db.inTransaction("system", async (tx) => {
      const { rows } = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
      const ended = new Promise((resolve) => tx.client.once("end", resolve));
      const owner = new Client({ connectionString: store.url });
      await owner.connect();
      await owner.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
      await owner.end();
      await ended;
      await tx.query("select 1");
    });
    await expect(broken).rejects.toSatisfy(isStoreAway);
    const { rows } = await store.db.inTransaction("system", (tx) => tx.query<{ one: number }>("select 1 as one"));
    expect(rows).toEqual([{ one: 1 }]);
  });

  test("what was written before a failure is gone after it", async () => {
    const failing = store.db.inTransaction("system", async (tx) => {
      await tx.query("insert into platform.clock (mode) values ('real')");
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    const { rows } = await store.db.inTransaction("system", (tx) => tx.query("select * from platform.clock"));
    expect(rows).toEqual([]);
  });
});
