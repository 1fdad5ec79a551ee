import { type ConversionRecord, clickIdOf, createSigner, createUlidSource } from "@biotop/tracking-protocol";
import { conversionChange, conversionReceipts, conversionRow } from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EdgeUnderTest, keys, openEdge, sampleTable } from "./edge-fixture.ts";

let edge: EdgeUnderTest;
beforeAll(async () => {
  edge = await openEdge();
});
afterAll(() => edge.close());

const [signer] = sampleTable().clickKeys.map(createSigner);
const ulids = createUlidSource();
let orders = 0;
function row(changes: object = {}): Record<string, unknown> {
  orders += 1;
  return {
    programme: "prg_shop",
    orderId: `A-${orders}`,
    occurredAt: "2026-01-05T12:00:00Z",
    currency: "EUR",
    amountMinor: "1000",
    ...changes,
  };
}
const idOf = (programme: "prg_shop" | "prg_other") => {
  if (!signer) throw new Error("the sample has a key");
  return clickIdOf(signer, ulids(1_760_000_000_000), programme);
};
async function answersOf(rows: readonly unknown[], options: Parameters<EdgeUnderTest["send"]>[1] = {}) {
  const answer = await edge.send({ rows }, options);
  expect(answer.status).toBe(202);
  return conversionReceipts.parse(JSON.parse(answer.text)).rows;
}
const stored = async () => (await edge.records()).filter((record): record is ConversionRecord => record.kind === "conversion");

describe("reported conversions", () => {
  test("are on the disk when they are acknowledged, as the schema reads them", async () => {
    const [answer] = await answersOf([
      row({
        orderId: "4711",
        amountMinor: 2999,
        positions: [
          { sku: "mug", name: "Becher", group: "kitchen", quantity: 2, amountMinor: "2000" },
          { quantity: 1, amountMinor: 999 },
        ],
        vouchers: ["SPRING"],
        customer: { status: "new" },
        clickIds: [idOf("prg_shop")],
        country: "DE",
      }),
    ]);
    const record = (await stored()).at(-1);
    expect(answer).toEqual({ status: "received", receipt: record?.receipt });
    expect(record).toMatchObject({ org: "org_shop", key: "key_shopkey", op: "report" });
    expect(conversionRow.parse(record?.body)).toMatchObject({ orderId: "4711", event: "sale", amountMinor: 2999n, status: "open" });
  });

  test("each bad row has its own answer with code and field; the good rows are kept", async () => {
    const good = row();
    const cases: readonly (readonly [object, string, string])[] = [
      [row({ currency: "QQQ" }), "unknown-currency", "/currency"],
      [row({ amountMinor: -5 }), "negative-amount", "/amountMinor"],
      [row({ amountMinor: 12.5 }), "invalid-field", "/amountMinor"],
      [row({ occurredAt: "yesterday" }), "invalid-field", "/occurredAt"],
      [row({ orderId: "x".repeat(129) }), "invalid-field", "/orderId"],
      [row({ orderId: "a\nb" }), "invalid-field", "/orderId"],
      [row({ surprise: 1 }), "invalid-field", ""],
      [row({ programme: "prg_nowhere" }), "unknown-programme", "/programme"],
      [row({ programme: "prg_other" }), "foreign-programme", "/programme"],
      [row({ positions: [{ quantity: 1, amountMinor: 998 }] }), "positions-do-not-sum-up", "/positions"],
      [row({ positions: [{ quantity: 0, amountMinor: 1000 }] }), "invalid-field", "/positions/0/quantity"],
      [row({ positions: [{ quantity: 1, amountMinor: -1 }] }), "negative-amount", "/positions/0/amountMinor"],
      [row({ clickIds: [idOf("prg_shop"), idOf("prg_other")] }), "foreign-click-id", "/clickIds/1"],
      [row({ clickIds: [`${idOf("prg_shop").slice(0, 33)}!`] }), "forged-click-id", "/clickIds/0"],
      [row({ clickIds: [idOf("prg_shop").toUpperCase()] }), "forged-click-id", "/clickIds/0"],
      [row({ occurredAt: "2199-01-01T00:00:00Z" }), "occurred-in-future", "/occurredAt"],
    ];
    const before = (await stored()).length;
    const answers = await answersOf([good, ...cases.map(([bad]) => bad), row(), null, "text"]);
    for (const [index, [, code, field]] of cases.entries()) {
      expect(answers[index + 1]).toMatchObject({ status: "refused", code });
      const answer = answers[index + 1];
      const pointers = answer?.status === "refused" ? answer.errors.map((error) => error.pointer) : [];
      expect(pointers).toContain(`/rows/${index + 1}${field}`);
    }
    expect(answers.map((answer) => answer.status).filter((status) => status === "received").length).toBe(2);
    expect(answers.slice(-2)).toMatchObject([{ code: "invalid-field" }, { code: "invalid-field" }]);
    expect((await stored()).length).toBe(before + 2);
  });

  test("one minor unit of rounding between positions and amount is taken", async () => {
    const answers = await answersOf([999, 1000, 1001, 1002].map((sum) => row({ positions: [{ quantity: 1, amountMinor: sum }] })));
    expect(answers.map((answer) => answer.status)).toEqual(["received", "received", "received", "refused"]);
  });

  test("the same row gets the same receipt whatever the order of its fields; another one another", async () => {
    const order = row();
    const turned = Object.fromEntries(Object.entries(order).reverse());
    const [first, second, third] = await answersOf([
      order,
      { ...turned, event: "sale", amountMinor: 1000 },
      { ...order, amountMinor: 1001 },
    ]);
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });

  test("a thousand rows are taken at once, 1001 and none are refused as a whole", async () => {
    const started = performance.now();
    expect((await answersOf(Array.from({ length: 1000 }, () => row()))).every((answer) => answer.status === "received")).toBe(true);
    expect(performance.now() - started).toBeLessThan(2000);
    expect((await edge.send({ rows: Array.from({ length: 1001 }, () => row()) })).status).toBe(422);
    expect((await edge.send({ rows: [] })).status).toBe(422);
    expect((await edge.send([row()])).status).toBe(422);
  });
});

describe("changes", () => {
  test("every operation is taken and stored as the schema reads it", async () => {
    const base = { programme: "prg_shop", orderId: "4711", occurredAt: "2026-01-06T00:00:00Z" };
    const changes = [
      { ...base, op: "approve", changeId: "1" },
      { ...base, op: "decline", reason: "not paid", changeId: "2" },
      {
        ...base,
        op: "return",
        positions: [
          { index: 0, quantity: 1 },
          { sku: "mug", quantity: 1 },
        ],
        changeId: "3",
      },
      { ...base, op: "amount", amountMinor: 500, changeId: "4" },
    ];
    const before = (await stored()).length;
    const answers = await answersOf(changes, { method: "PATCH" });
    expect(answers.every((answer) => answer.status === "received")).toBe(true);
    const records = (await stored()).slice(before);
    expect(records.map((record) => conversionChange.parse(record.body).op)).toEqual(["approve", "decline", "return", "amount"]);
    expect(records.every((record) => record.op === "change")).toBe(true);
  });

  test("an unknown operation, a missing reason and a wrong sum are refused by name", async () => {
    const base = { programme: "prg_shop", orderId: "4711", occurredAt: "2026-01-06T00:00:00Z", changeId: "9" };
    const answers = await answersOf(
      [
        { ...base, op: "explode" },
        { ...base, op: "decline" },
        { ...base, op: "amount", amountMinor: 5, positions: [{ quantity: 1, amountMinor: 9 }] },
      ],
      { method: "PATCH" },
    );
    expect(answers).toMatchObject([
      { code: "invalid-field", errors: [{ pointer: "/rows/0/op" }] },
      { code: "invalid-field", errors: [{ pointer: "/rows/1/reason" }] },
      { code: "positions-do-not-sum-up", errors: [{ pointer: "/rows/2/positions" }] },
    ]);
  });
});

describe("requests that are refused as a whole", () => {
  test.each([
    ["without a key", { key: undefined }, 401, "not-signed-in"],
    ["with an unknown key", { key: `bt_live_nokey_${"Z".repeat(32)}` }, 401, "not-signed-in"],
    ["with a key whose secret is changed", { key: `${keys.shop.slice(0, -1)}Q` }, 401, "not-signed-in"],
    ["with an expired key", { key: keys.expired }, 401, "not-signed-in"],
    ["with a key without the scope", { key: keys.withoutScope }, 403, "not-allowed"],
    ["as a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415, "unsupported-media-type"],
    ["with broken JSON", { raw: Buffer.from('{"rows":[') }, 400, "broken-json"],
    ["with bytes that are no UTF-8", { raw: Buffer.from([0x7b, 0xff, 0xfe]) }, 400, "broken-json"],
    ["with nothing", { raw: Buffer.alloc(0) }, 400, "broken-json"],
    ["with more than 8 MiB", { raw: Buffer.alloc(9 * 1024 * 1024, 32) }, 413, "too-large"],
  ])("%s", async (_name, options, status, kind) => {
    const answer = await edge.send({ rows: [row()] }, options);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.text)).toMatchObject({ type: `/problems/${kind}`, kind, status });
  });

  test("an expired key says so", async () => {
    expect(JSON.parse((await edge.send({ rows: [row()] }, { key: keys.expired })).text)).toMatchObject({
      expiresAt: "2020-01-01T00:00:00.000Z",
    });
  });

  test("a key of another merchant cannot report for this one", async () => {
    expect(await answersOf([row()], { key: keys.other })).toMatchObject([{ code: "foreign-programme" }]);
  });

  test("an idempotency key with another body is refused, with the same one it answers the same", async () => {
    const order = row();
    const headers = { "idempotency-key": "import-7" };
    const [first] = await answersOf([order], { headers });
    expect(await answersOf([order], { headers })).toEqual([first]);
    const other = await edge.send({ rows: [row()] }, { headers });
    expect([other.status, JSON.parse(other.text).kind]).toEqual([409, "idempotency-key-reused"]);
    expect((await edge.send({ rows: [row()] }, { headers: { "idempotency-key": "x".repeat(201) } })).status).toBe(422);
  });
});
