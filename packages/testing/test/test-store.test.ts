import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore, type TestStore, testIds } from "../src/index.ts";

describe("openTestStore", () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());

  test("gives a store with the platform's tables and no rows", async () => {
    const count = await store.db.inTransaction("system", async (tx) => {
      const { rows } = await tx.query<{ count: bigint }>("select count(*) as count from platform.outbox");
      return rows[0]?.count;
    });
    expect(count).toBe(0n);
  });

  test("runs as the app role, which may neither own tables nor pass by row-level security", async () => {
    const role = await store.db.inTransaction("system", async (tx) => {
      const { rows } = await tx.query(
        `select current_user as name, rolbypassrls as bypasses, rolsuper as super,
           (select count(*) from pg_class where relowner = pg_roles.oid) as owned
         from pg_roles where rolname = current_user`,
      );
      return rows[0];
    });
    expect(role).toEqual({ name: "biotop_app", bypasses: false, super: false, owned: 0n });
  });

  test("two stores do not see each other", async () => {
    const other = await openTestStore();
    await other.db.inTransaction("system", (tx) => tx.query("insert into platform.clock (mode) values ('real')"));
    const { rows } = await store.db.inTransaction("system", (tx) => tx.query("select * from platform.clock"));
    await other.close();
    expect(rows).toEqual([]);
  });
});

test("testIds makes the same ids in every run", () => {
  expect(testIds().next("org")).toBe(testIds().next("org"));
  const ids = testIds();
  expect(ids.next("org")).not.toBe(ids.next("org"));
});
