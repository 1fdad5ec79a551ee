import { openTestStore, type TestStore } from "@biotop/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** Tables without an organisation's rows, each known by name: a new one has to be put here on purpose. */
const sharedByAll = [
  "access.attempt",
  "access.credential",
  "access.password_reset",
  "access.person",
  "access.second_factor",
  "access.session",
  "access.setup_token",
  "access.used_code",
  "access.verification",
  "ledger.exchange_rate",
  "platform.clock",
  "platform.idempotency",
  "platform.instance",
  "platform.migration",
  "platform.outbox",
  "platform.outbox_dead",
  "platform.segment_checkpoint",
  "platform.segment_set_aside",
  "tracking.route_table",
  "transactions.gate",
];

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());

function ask<Row extends Record<string, unknown>>(sql: string): Promise<readonly Row[]> {
  return store.db.inTransaction("system", async (tx) => (await tx.query<Row>(sql)).rows);
}

describe("the store's second wall", () => {
  test("every table of an organisation has forced row-level security with a policy", async () => {
    const open = await ask<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
         and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid)) order by 1`,
    );
    expect(open.map(({ name }) => name).filter((name) => !sharedByAll.includes(name))).toEqual([]);
  });

  test("no view passes by row-level security as its owner", async () => {
    const views = await ask<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
         and not coalesce('security_invoker=true' = any (c.reloptions), false)`,
    );
    expect(views).toEqual([]);
  });

  test("the app role cannot become the owner, make tables or switch security off", async () => {
    for (const sql of [
      "create table public.own (id text)",
      "alter table platform.outbox disable trigger all",
      "set row_security = off; select * from directory.organisation",
    ]) {
      await expect(store.db.inTransaction({ org: "org_0" }, (tx) => tx.query(sql))).rejects.toThrow(
        /permission denied|must be owner|row-level security/,
      );
    }
  });

  test("without a scope no row is seen", async () => {
    const { rows } = await store.db.pool.query("select * from directory.organisation");
    expect(rows).toEqual([]);
  });
});
