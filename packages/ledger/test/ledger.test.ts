import { currency, type EntryId, instant, type OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { openTestStore, type TestStore } from "@biotop/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ledgerInvariants } from "../src/db/invariants.ts";
import { advance, balances, type Claim, entriesOf, type NewEntry, post, raise, reverse, trialBalance } from "../src/index.ts";

const payer: OrgId = "org_payer";
const payee: OrgId = "org_payee";
const stranger: OrgId = "org_stranger";
const claim: Claim = { payer, payee, currency: currency("EUR") };
const at = instant("2026-01-15T10:00:00Z");

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

function accrual(key: string, amountMinor: bigint): NewEntry {
  return {
    idempotencyKey: key,
    cause: { kind: "accrue", ref: `cnv_${key}` },
    effectiveAt: at,
    postings: raise(claim, "open", amountMinor),
  };
}

function system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return store.db.inTransaction("system", work);
}

async function balanceOf(code: string): Promise<bigint> {
  const found = await system((tx) => balances(tx, { code }));
  return found.reduce((sum, row) => sum + row.balanceMinor, 0n);
}

async function violations(): Promise<readonly string[]> {
  const found = await system(async (tx) => {
    const all: string[] = [];
    for (const check of ledgerInvariants) all.push(...(await check.violations(tx)));
    return all;
  });
  return found;
}

describe("post", () => {
  test("moves balances in the same transaction and is harmless when repeated", async () => {
    const entry = accrual("a", 500n);
    expect(await system((tx) => post(tx, [entry]))).toEqual({ posted: 1, known: 0 });
    expect(await system((tx) => post(tx, [entry, accrual("b", 250n)]))).toEqual({ posted: 1, known: 1 });
    expect(await balanceOf("memo:accrued")).toBe(750n);
    expect(await balanceOf("memo:pending")).toBe(-750n);
  });

  test("refuses a known key with other content", async () => {
    await system((tx) => post(tx, [accrual("c", 1n)]));
    await expect(system((tx) => post(tx, [accrual("c", 2n)]))).rejects.toThrow("one idempotency key names one content");
  });

  test("the same entry from many sides at once is written once", async () => {
    const before = await balanceOf("memo:accrued");
    await Promise.all(Array.from({ length: 20 }, () => system((tx) => post(tx, [accrual("d", 10n), accrual("e", 5n)]))));
    expect(await balanceOf("memo:accrued")).toBe(before + 15n);
  });

  test("writers that touch the same accounts in any order end with sums that agree", async () => {
    const other: Claim = { ...claim, payee: stranger };
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        system((tx) => {
          const postings = [...raise(claim, "open", 3n), ...advance(other, "open", "approved", 2n), ...raise(claim, "approved", -1n)];
          const ordered = index % 2 === 0 ? postings : [...postings].reverse();
          return post(tx, [
            { idempotencyKey: `mixed-${index}`, cause: { kind: "adjust", ref: "cnv_m" }, effectiveAt: at, postings: ordered },
          ]);
        }),
      ),
    );
    expect(await violations()).toEqual([]);
  });

  test("a reversal mirrors its entry, and an entry is taken back once", async () => {
    await system((tx) => post(tx, [accrual("f", 77n)]));
    const [entry] = await system((tx) => entriesOf(tx, ["cnv_f"]));
    const take = (cause: string) =>
      system((tx) => reverse(tx, { entries: [entry?.id as EntryId], cause: { kind: cause, ref: "cnv_f" }, effectiveAt: at }));
    await take("decline");
    await take("decline");
    await expect(take("reattribute")).rejects.toThrow("one idempotency key names one content");
    const after = await system((tx) => entriesOf(tx, ["cnv_f"]));
    expect(after.map((each) => each.reverses ?? null)).toEqual([null, entry?.id]);
    expect(await violations()).toEqual([]);
  });

  test("the trial balance is zero in every currency", async () => {
    const { currencies } = await system(trialBalance);
    expect(currencies.map((row) => row.differenceMinor)).toEqual([0n]);
  });
});

describe("the database", () => {
  const asApp = (sql: string, org: OrgId | "system" = "system") =>
    store.db.inTransaction(org === "system" ? org : { org }, (tx) => tx.query(sql));
  const asOwner = async (sql: string) => {
    const client = new Client({ connectionString: store.url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };

  test.each([
    "update ledger.posting set amount_minor = amount_minor + 1",
    "delete from ledger.posting",
    "update ledger.entry set cause_ref = 'x'",
    "delete from ledger.entry",
    "truncate ledger.posting",
    "update ledger.account set owner_org = 'org_x'",
    "delete from ledger.account",
  ])("refuses the application: %s", async (sql) => {
    await expect(asApp(sql)).rejects.toThrow(/permission denied/);
  });

  test.each([
    "update ledger.posting set amount_minor = amount_minor + 1",
    "delete from ledger.posting",
    "truncate ledger.posting",
    "update ledger.entry set cause_ref = 'x'",
    "delete from ledger.entry where id = 'nothing'",
    "truncate ledger.entry cascade",
    "delete from ledger.account",
  ])("refuses its own owner: %s", async (sql) => {
    await expect(asOwner(sql)).rejects.toThrow(/append-only/);
  });

  test("refuses an entry that does not balance, at commit", async () => {
    const insert = system(async (tx) => {
      await tx.query(`insert into ledger.entry (id, idempotency_key, content_hash, cause_kind, cause_ref, effective_at, parties)
        values ('ent_bad', 'bad', 'x', 'accrue', 'cnv_bad', '2026-01-15T10:00:00Z', array['org_payer'])`);
      await tx.query(`insert into ledger.posting (entry_id, no, account_id, owner_org, counterparty_org, currency, amount_minor)
        select 'ent_bad', 1, id, owner_org, counterparty_org, currency, 5 from ledger.account limit 1`);
    });
    await expect(insert).rejects.toThrow(/does not balance/);
  });

  test("refuses a posting that would unbalance an old entry", async () => {
    const insert = system((tx) =>
      tx.query(`insert into ledger.posting (entry_id, no, account_id, owner_org, counterparty_org, currency, amount_minor)
        select e.id, 99, a.id, a.owner_org, a.counterparty_org, a.currency, 5 from ledger.account a, ledger.entry e limit 1`),
    );
    await expect(insert).rejects.toThrow(/does not balance/);
  });

  test("shows an organisation the accounts in which it is owner or counterparty, and nothing else", async () => {
    const seen = async (org: OrgId) => (await asApp("select distinct owner_org, counterparty_org from ledger.posting", org)).rows.length;
    expect(await seen("org_nobody")).toBe(0);
    expect(await seen(payee)).toBe(2);
    expect(await seen(payer)).toBe(4);
  });

  test("refuses rows between two other organisations", async () => {
    const foreign = store.db.inTransaction({ org: stranger }, (tx) => post(tx, [accrual("foreign", 1n)]));
    await expect(foreign).rejects.toThrow(/row-level security/);
  });
});
