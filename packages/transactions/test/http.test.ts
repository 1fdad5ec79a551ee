import type { OrgId, UserId } from "@biotop/kernel";
import type { Principal } from "@biotop/platform/http";
import { scopes } from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { agency, blog, cashback, merchant, programme } from "./contract-rows.ts";
import { openWorld, type World } from "./fixture.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const first = await world.click("first", { sub1: "top" });
  const second = await world.click("second", { partner: cashback, at: world.clock.now() });
  await world.send(
    world.report("o-1", { clickIds: [first] }),
    world.report("o-2", { clickIds: [first, second], currency: "GBP" }),
    world.report("o-3"),
  );
  await world.send(world.change("o-1", "r-1", { op: "return", positions: [{ index: 0, quantity: 1 }] }));
});
afterAll(() => world.store.close());

function personOf(org: OrgId): Principal {
  return { kind: "user", user: "usr_1" as UserId, org, scopes: new Set(scopes), isFresh: false };
}

/** The answer as it goes over the wire: decoded input, encoded output, as the server does it. */
async function ask(org: OrgId, id: string, input: { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown } = {}) {
  const route = world.module.routes.find(({ endpoint }) => endpoint.id === id);
  if (!route) throw new Error(`no route ${id}`);
  const { endpoint, handler } = route;
  const decoded = {
    params: endpoint.params?.parse(input.params ?? {}),
    query: endpoint.query?.parse(input.query ?? {}),
    body: endpoint.body?.parse(input.body ?? {}),
  };
  const run = handler as (given: unknown) => ReturnType<typeof handler>;
  const result = await run({ principal: personOf(org), language: "en", requestId: "r", address: "", userAgent: "", ...decoded });
  return result.ok
    ? (z.encode(endpoint.answer, result.value as never) as Record<string, unknown>)
    : ({ problem: result.error.kind } as Record<string, unknown>);
}

const rowsOf = (answer: unknown) => (answer as { rows: readonly Record<string, unknown>[] }).rows;

describe("listTransactions", () => {
  test("shows the merchant everything with its cost", async () => {
    const rows = rowsOf(await ask(merchant, "listTransactions"));
    expect(rows.map((row) => row["orderId"]).sort()).toEqual(["o-1", "o-2", "o-3"]);
    const sale = rows.find((row) => row["orderId"] === "o-1");
    expect(sale).toMatchObject({
      partner: { id: blog, name: `Name of ${blog}` },
      cost: { currency: "EUR", minor: "600" },
      earned: null,
      value: { minor: "7000" },
      reportedValue: { minor: "10000" },
      settlement: "unbilled",
      can: { approve: true, decline: true },
    });
    expect(rows.find((row) => row["orderId"] === "o-3")).toMatchObject({ pricing: "unattributed", pricingReason: { code: "no-click" } });
  });

  test("shows a partner its own sales with what it earns, and lets it decide nothing", async () => {
    const rows = rowsOf(await ask(blog, "listTransactions"));
    expect(rows).toMatchObject([
      {
        orderId: "o-1",
        earned: { currency: "EUR", minor: "500" },
        cost: null,
        can: { approve: false, decline: false, hold: false, adjust: false },
      },
    ]);
    expect(rowsOf(await ask(agency, "listTransactions"))).toMatchObject([{ orderId: "o-1", earned: { minor: "100" }, cost: null }]);
    expect(rowsOf(await ask("org_nobody", "listTransactions"))).toEqual([]);
  });

  test("filters, and goes on page by page without a gap", async () => {
    expect(rowsOf(await ask(merchant, "listTransactions", { query: { partner: cashback } })).map((row) => row["orderId"])).toEqual(["o-2"]);
    expect(rowsOf(await ask(merchant, "listTransactions", { query: { settlement: "none" } })).map((row) => row["orderId"])).toEqual([
      "o-3",
    ]);
    expect(rowsOf(await ask(merchant, "listTransactions", { query: { orderId: "o-1", state: "open" } }))).toHaveLength(1);
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await ask(merchant, "listTransactions", { query: { limit: "1", ...(after ? { after } : {}) } });
      seen.push(...rowsOf(page).map((row) => row["orderId"]));
      after = typeof page["next"] === "string" ? page["next"] : undefined;
    } while (after);
    expect(seen.sort()).toEqual(["o-1", "o-2", "o-3"]);
  });
});

describe("getTransaction", () => {
  const idOf = async (orderId: string) => rowsOf(await ask(merchant, "listTransactions", { query: { orderId } }))[0]?.["id"];

  test("explains the amount, the journey, the changes and the postings", async () => {
    const details = await ask(merchant, "getTransaction", { params: { transactionId: await idOf("o-1") } });
    expect(details).toMatchObject({
      contract: { id: "ctr_blog", no: 1 },
      positions: [
        { index: 0, quantity: 2, remaining: 1, remainingNet: { minor: "3000" } },
        { index: 1, remaining: 1 },
      ],
      journey: [
        { outcome: "won", partner: { id: blog } },
        { outcome: "excluded", reason: { code: "no-click" } },
      ].slice(0, 1),
      changes: [{ no: 2, op: "return", source: "api", costBefore: { minor: "960" }, costAfter: { minor: "600" } }],
    });
    const lines = (details as unknown as { lines: { kind: string; trace: { text: { de: string; en: string } }[] }[] }).lines;
    expect(lines.map((line) => line.kind).sort()).toEqual(["commission", "split:agency"]);
    const sentences = lines.flatMap((line) => line.trace.map((step) => step.text.en));
    expect(sentences.some((sentence) => sentence.includes("10% of"))).toBe(true);
  });

  test("hides other partners from a partner, and foreign conversions altogether", async () => {
    const own = await ask(cashback, "getTransaction", { params: { transactionId: await idOf("o-2") } });
    expect(own).toMatchObject({
      exchange: { from: "GBP", to: "EUR", rate: "1.250000", date: "2026-01-15" },
      lines: [{ payee: { id: cashback } }],
    });
    expect(JSON.stringify(own)).not.toContain(blog);
    expect(await ask(blog, "getTransaction", { params: { transactionId: await idOf("o-2") } })).toEqual({ problem: "not-found" });
  });
});

describe("figures and feeds", () => {
  test("the summary counts each sale once, in every role", async () => {
    expect(await ask(merchant, "transactionSummary")).toMatchObject({
      states: [
        { validation: "open", count: 3, commissions: [{ currency: "EUR", minor: "1100" }] },
        { validation: "approved", count: 0 },
        { validation: "declined", count: 0 },
      ],
      days: [{ day: "2026-01-15", count: 3 }],
      unpriced: { waiting: 0, unattributed: 1 },
    });
    expect(await ask(blog, "transactionSummary")).toMatchObject({ days: [{ count: 1, commissions: [{ minor: "500" }] }] });
  });

  test("outcomes come in order and once", async () => {
    const all = await ask(merchant, "listConversionOutcomes");
    expect(rowsOf(all).map((row) => [row["orderId"], row["outcome"]])).toEqual([
      ["o-1", "priced"],
      ["o-2", "priced"],
      ["o-3", "unattributed"],
      ["o-1", "changed"],
    ]);
    const rest = await ask(merchant, "listConversionOutcomes", { query: { after: rowsOf(all)[2]?.["cursor"] } });
    expect(rowsOf(rest)).toHaveLength(1);
    expect(rowsOf(await ask(merchant, "listConversionOutcomes", { query: { after: rest["next"] } }))).toEqual([]);
    expect(rowsOf(await ask(blog, "listConversionOutcomes"))).toEqual([]);
  });

  test("known orders are those that are stored", async () => {
    expect(await ask(merchant, "knownOrders", { body: { programme, orderIds: ["o-1", "o-9"] } })).toEqual({ known: ["o-1"] });
  });
});

describe("validateTransactions", () => {
  test("decides all that match, once; refuses others' and those that are decided", async () => {
    const body = { filter: { programme }, decision: "approve" };
    expect(await ask(blog, "validateTransactions", { body })).toEqual({ changed: 0, refused: [] });
    expect(await ask(merchant, "validateTransactions", { body })).toEqual({ changed: 3, refused: [] });
    expect(await ask(merchant, "validateTransactions", { body })).toEqual({ changed: 0, refused: [] });
    const [row] = rowsOf(await ask(merchant, "listTransactions", { query: { orderId: "o-2" } }));
    const ids = [row?.["id"]];
    expect(await ask(cashback, "validateTransactions", { body: { ids, decision: "decline", reason: "fraud" } })).toMatchObject({
      changed: 0,
      refused: [{ code: "not-found" }],
    });
    expect(await ask(merchant, "validateTransactions", { body: { ids, decision: "approve" } })).toMatchObject({
      refused: [{ code: "already-approved" }],
    });
    expect(await ask(merchant, "validateTransactions", { body: { ids, decision: "decline", reason: "breach" } })).toMatchObject({
      refused: [{ code: "reason-not-agreed" }],
    });
    expect(await ask(merchant, "validateTransactions", { body: { ids, decision: "decline", reason: "fraud" } })).toMatchObject({
      changed: 1,
    });
    expect(await world.violations()).toEqual([]);
  });
});
