import { type DocumentId, type Instant, instant, plusDays } from "@biotop/kernel";
import { document as documentJournal, post } from "@biotop/ledger";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { markBilled, markPaid, takeForDocument } from "../src/index.ts";
import { agency, blog, cashback, merchant } from "./contract-rows.ts";
import { openWorld, type World } from "./fixture.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.store.close());
afterEach(async () => {
  expect(await world.violations()).toEqual([]);
});

/** 10 % of 60.00 for two toys, 5 % of 40.00 for a book; the agency 20 % on top. */
async function sale(orderId: string, more = {}): Promise<void> {
  const click = await world.click(`click-${orderId}`);
  await world.send(world.report(orderId, { clickIds: [click], ...more }));
}

async function stateOf(orderId: string) {
  const { rows } = await world.system((tx) =>
    tx.query(
      "select id, validation, reason, cost_minor, value_minor, deadline_at, version from transactions.conversion where order_id = $1",
      [orderId],
    ),
  );
  return rows[0] ?? {};
}

async function bill(until: Instant, document: DocumentId) {
  return world.system(async (tx) => {
    const lines = await takeForDocument(tx, { payer: merchant, payee: blog, contract: "ctr_blog", until });
    await markBilled(
      tx,
      lines.map((line, index) => ({ line: line.id, document, position: index + 1 })),
    );
    const netMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
    const claim = { payer: merchant, payee: blog, currency: lines[0]?.currency ?? ("EUR" as never) };
    if (netMinor > 0n)
      await post(tx, [
        {
          idempotencyKey: document,
          cause: { kind: "document", ref: document },
          effectiveAt: until,
          postings: documentJournal(claim, netMinor, 0n),
        },
      ]);
    return lines;
  });
}

describe("changes of an open sale", () => {
  test("approve moves the claim of every payee", async () => {
    await sale("a-1");
    expect(await world.send(world.change("a-1", "ok", { op: "approve" }))).toMatchObject([{ outcome: "changed", cost_minor: 960n }]);
    expect(await stateOf("a-1")).toMatchObject({ validation: "approved", deadline_at: null, version: 2 });
    expect(await world.balance(blog, "memo:approved")).toBe(-800n);
    expect(await world.balance(agency, "memo:approved")).toBe(-160n);
    expect(await world.balance(merchant, "memo:unbilled")).toBe(960n);
  });

  test("the same change again changes nothing; its name with other content is refused", async () => {
    expect(await world.send(world.change("a-1", "ok", { op: "approve" }))).toMatchObject([{ outcome: "duplicate" }]);
    expect(await world.send(world.change("a-1", "ok", { op: "decline", reason: "fraud" }))).toMatchObject([
      { outcome: "refused", code: "change-id-reused" },
    ]);
    expect(await stateOf("a-1")).toMatchObject({ validation: "approved", version: 2 });
  });

  test("decline takes back the accrual as a linked reversal, only for an agreed reason", async () => {
    await sale("a-2");
    expect(await world.send(world.change("a-2", "no", { op: "decline", reason: "mood" }))).toMatchObject([
      { outcome: "refused", code: "reason-not-agreed" },
    ]);
    await world.send(world.change("a-2", "no", { op: "decline", reason: "cancelled" }));
    const state = await stateOf("a-2");
    expect(state).toMatchObject({ validation: "declined", reason: "cancelled", cost_minor: 0n });
    const { rows } = await world.system((tx) =>
      tx.query("select cause_kind, reverses is not null as back from ledger.entry where cause_ref = $1 order by back", [state["id"]]),
    );
    expect(rows).toMatchObject([
      { cause_kind: "accrue", back: false },
      { cause_kind: "decline", back: true },
    ]);
  });

  test("a partial return prices the whole sale again with what is left", async () => {
    await sale("a-3");
    const outcome = await world.send(world.change("a-3", "r-1", { op: "return", positions: [{ sku: "A", quantity: 1 }] }));
    // 10 % of 30.00 + 5 % of 40.00 = 5.00, the agency 1.00
    expect(outcome).toMatchObject([{ outcome: "changed", cost_minor: 600n, value_minor: 7_000n }]);
    expect(await stateOf("a-3")).toMatchObject({ validation: "open", reason: "returned" });
    await world.send(world.change("a-3", "ok", { op: "approve" }));
    expect(await stateOf("a-3")).toMatchObject({ validation: "adjusted", cost_minor: 600n });
  });

  test("no more comes back than was sold, and only what was sold", async () => {
    const more = await world.send(world.change("a-3", "r-2", { op: "return", positions: [{ index: 0, quantity: 2 }] }));
    expect(more).toMatchObject([{ outcome: "refused", code: "return-exceeds-quantity" }]);
    const other = await world.send(world.change("a-3", "r-3", { op: "return", positions: [{ sku: "Z", quantity: 1 }] }));
    expect(other).toMatchObject([{ outcome: "refused", code: "unknown-position" }]);
  });

  test("a new amount without positions is spread over the old ones", async () => {
    await sale("a-4");
    // 90.00 → 54.00 toys and 36.00 books: 5.40 + 1.80 = 7.20, the agency 1.44
    expect(await world.send(world.change("a-4", "x", { op: "amount", amountMinor: "9000" }))).toMatchObject([
      { outcome: "changed", cost_minor: 864n, value_minor: 9_000n },
    ]);
  });

  test("a sale reported as approved or declined begins there", async () => {
    await sale("a-5", { status: "approved" });
    expect(await stateOf("a-5")).toMatchObject({ validation: "approved", cost_minor: 960n, deadline_at: null });
    await sale("a-6", { status: "declined" });
    expect(await stateOf("a-6")).toMatchObject({ validation: "declined", cost_minor: 0n });
    await world.send(world.change("a-6", "ok", { op: "approve" }));
    expect(await stateOf("a-6")).toMatchObject({ validation: "approved", cost_minor: 960n });
  });
});

describe("the deadline", () => {
  test("approves what nobody decided, at its own time", async () => {
    await sale("d-1");
    const [due] = world.module.due;
    const deadline = (await stateOf("d-1"))["deadline_at"] as Instant;
    expect(deadline).toBe("2026-02-14T23:00:00.000Z");
    expect(await world.system((tx) => due?.nextDue(tx) ?? Promise.resolve(undefined))).toBe(deadline);
    expect(await due?.runDue(plusDays(deadline, -1))).toBe(0);
    expect(await due?.runDue(plusDays(deadline, 3))).toBeGreaterThan(0);
    expect(await due?.runDue(plusDays(deadline, 3))).toBe(0);
    const state = await stateOf("d-1");
    expect(state).toMatchObject({ validation: "approved" });
    const { rows } = await world.system((tx) =>
      tx.query("select effective_at from ledger.entry where cause_ref = $1 and cause_kind = 'approve'", [state["id"]]),
    );
    expect(rows).toEqual([{ effective_at: deadline }]);
  });
});

describe("after a document", () => {
  const until = instant("2026-03-01T00:00:00Z");

  test("lines are taken once", async () => {
    const before = await bill(until, "doc_first");
    expect(before.length).toBeGreaterThan(3);
    expect(await bill(until, "doc_none")).toEqual([]);
  });

  test("a return becomes a negative line that names the document and the position", async () => {
    await world.send(world.change("a-1", "r-1", { op: "return", positions: [{ sku: "A", quantity: 2 }] }));
    expect(await stateOf("a-1")).toMatchObject({ validation: "adjusted", cost_minor: 240n, value_minor: 4_000n });
    const lines = await world.system((tx) => takeForDocument(tx, { payer: merchant, payee: blog, contract: "ctr_blog", until }));
    expect(lines).toMatchObject([{ amountMinor: -600n, correctsDocument: { document: "doc_first" } }]);
    expect(lines[0]?.correctsDocument?.position).toBeGreaterThan(0);
  });

  test("a decline takes the rest back; an approval after it gives it again", async () => {
    await world.send(world.change("a-1", "late-no", { op: "decline", reason: "returned" }));
    const take = () => world.system((tx) => takeForDocument(tx, { payer: merchant, payee: blog, contract: "ctr_blog", until }));
    expect((await take()).map((line) => line.amountMinor)).toEqual([-800n]);
    await world.send(world.change("a-1", "yes-again", { op: "approve" }));
    expect((await take()).map((line) => line.amountMinor)).toEqual([-600n]);
    await world.system((tx) => markPaid(tx, ["doc_first"]));
  });

  test("a billed line is never marked again", async () => {
    const line = await world.system(
      async (tx) => (await tx.query("select id from transactions.commission_line where settlement = 'paid' limit 1")).rows[0],
    );
    const again = world.system((tx) => markBilled(tx, [{ line: line?.["id"], document: "doc_second", position: 1 }]));
    await expect(again).rejects.toThrow("at most one document");
  });
});

describe("parties", () => {
  test("a partner sees its own sales and lines, never another partner's", async () => {
    const click = await world.click("for-cash", { partner: cashback });
    await world.send(world.report("p-1", { clickIds: [click] }));
    const seen = (org: typeof blog) =>
      world.store.db.inTransaction({ org }, async (tx) => ({
        partners: (await tx.query("select distinct partner_id from transactions.conversion")).rows.map((row) => row["partner_id"]),
        payees: (await tx.query("select distinct payee_org from transactions.commission_line")).rows.map((row) => row["payee_org"]),
        sums: (await tx.query("select distinct payee_org from transactions.money_day")).rows.map((row) => row["payee_org"]),
        outcomes: (await tx.query("select from transactions.outcome")).rows.length,
      }));
    expect(await seen(cashback)).toEqual({ partners: [cashback], payees: [cashback], sums: [cashback], outcomes: 0 });
    expect(await seen(agency)).toEqual({ partners: [blog], payees: [agency], sums: [agency], outcomes: 0 });
    expect(await seen("org_nobody")).toEqual({ partners: [], payees: [], sums: [], outcomes: 0 });
  });

  test("nobody but the merchant writes into a conversion", async () => {
    const write = world.store.db.inTransaction({ org: blog }, (tx) => tx.query("update transactions.conversion set cost_minor = 0"));
    await expect(write).rejects.toThrow(/row-level security/);
  });
});
