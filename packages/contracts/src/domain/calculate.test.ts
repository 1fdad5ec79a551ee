import { createHash } from "node:crypto";
import { canonicalJson, currency, instant, type LocalDate, type OrgId, type TimeZone } from "@biotop/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeCalculate, needsRate, plainJson } from "./calculate.ts";
import type { Condition } from "./condition.ts";
import type { ConversionSnapshot, Position } from "./conversion.ts";
import { afterReturn } from "./returns.ts";
import type { Pay, Split, Terms } from "./terms.ts";

const calculate = makeCalculate((text) => createHash("sha256").update(text).digest("hex"));
const eur = currency("EUR");
const gbp = currency("GBP");
const agency: OrgId = "org_agency";
const technology: OrgId = "org_technology";

const terms: Terms = {
  version: 1,
  currency: eur,
  timeZone: "Europe/Berlin" as TimeZone,
  conversionTypes: [
    {
      event: "sale",
      level: "item",
      rules: [
        {
          id: "decoration",
          label: { de: "Dekoration", en: "Decoration" },
          when: { field: "itemGroup", op: "eq", value: "decoration" },
          pay: { kind: "percent", ppm: 80_000n },
        },
        {
          id: "postage",
          label: { de: "Versand", en: "Postage" },
          when: { field: "sku", op: "in", value: ["POST", "DOT"] },
          pay: { kind: "none" },
        },
      ],
      otherwise: { kind: "percent", ppm: 50_000n },
    },
    { event: "lead", level: "order", rules: [], otherwise: { kind: "fixed", minor: 500n } },
  ],
  splits: [
    { id: "agency", payee: agency, kind: "on-top-of-commission", ppm: 200_000n },
    { id: "technology", payee: technology, kind: "of-base", ppm: 10_000n },
  ],
  attribution: { model: "last-click", clickWindowDays: 30 },
  validation: { days: 30, onDeadline: "approve", declineReasons: ["returned"] },
  rateLock: "conversion",
  exchange: { dateRule: "conversion" },
  payment: { cycle: "monthly", thresholdMinor: 2_500n, mode: "direct" },
  selfBilling: { agreed: true },
  notes: "",
};

const order: ConversionSnapshot = {
  event: "sale",
  occurredAt: instant("2010-12-01T08:26:00Z"),
  currency: gbp,
  rate: { numerator: 10_000n, denominator: 8_523n },
  rateDate: "2010-12-01" as LocalDate,
  customerStatus: "existing",
  voucherCodes: [],
  positions: [
    { index: 0, sku: "85123A", group: "decoration", quantity: 6, netMinor: 1_530n },
    { index: 1, sku: "71053", quantity: 6, netMinor: 2_034n },
    { index: 2, sku: "POST", quantity: 1, netMinor: 1_800n },
  ],
  netMinor: 5_364n,
};

describe("calculate", () => {
  test("prices the worked example of docs/pricing.md to the cent", () => {
    const result = calculate(order, terms, {});
    expect(result.lines.map((line) => [line.ruleId, line.amountMinor])).toEqual([
      ["decoration", 144n],
      ["otherwise", 119n],
      ["postage", 0n],
    ]);
    expect(result.splits.map((split) => split.amountMinor)).toEqual([53n, 42n]);
    expect(result).toMatchObject({ commissionMinor: 263n, earnerMinor: 263n, payerCostMinor: 358n, payingBaseMinor: 3_564n });
    expect(result.lines[0]).toMatchObject({ rate: "10000/8523", rateDate: "2010-12-01", ppm: 80_000n, model: "percent-of-sale@1" });
  });

  test("a partial return is priced with what remains", () => {
    const [first, second, third] = order.positions as [Position, Position, Position];
    const kept = [afterReturn(first, 3), second, third];
    const result = calculate({ ...order, positions: kept, netMinor: 4_599n }, terms, {});
    expect(result.lines.map((line) => line.amountMinor)).toEqual([72n, 119n, 0n]);
    expect(result.splits.map((split) => split.amountMinor)).toEqual([38n, 33n]);
  });

  test("a return in full leaves nothing, not even a fixed share", () => {
    const withFee: Terms = { ...terms, splits: [{ id: "fee", payee: technology, kind: "fixed", minor: 50n }] };
    expect(calculate(order, withFee, {}).payerCostMinor).toBe(313n);
    const kept = order.positions.map((position) => afterReturn(position, position.quantity));
    expect(calculate({ ...order, positions: kept, netMinor: 0n }, withFee, {})).toMatchObject({ earnerMinor: 0n, payerCostMinor: 0n });
  });

  test("a lead pays its fixed amount without positions and without a rate", () => {
    const lead: ConversionSnapshot = { ...order, event: "lead", positions: [], netMinor: 0n, rate: undefined, rateDate: undefined };
    const fixedOnly: Terms = { ...terms, splits: [] };
    expect(needsRate(lead, fixedOnly)).toBe(false);
    expect(calculate(lead, fixedOnly, {})).toMatchObject({ earnerMinor: 500n, lines: [{ position: null, rate: "1/1", fixedMinor: 500n }] });
  });

  test("an event that the contract does not name pays nothing and says so", () => {
    const result = calculate({ ...order, event: "download" }, terms, {});
    expect(result).toMatchObject({ payerCostMinor: 0n, lines: [], splits: [], explanation: { outcome: "event-not-in-contract" } });
  });

  test("inside shares never take more than the commission, to the last cent", () => {
    const halves: Terms = {
      ...terms,
      splits: [
        { id: "one", payee: agency, kind: "inside-commission", ppm: 500_000n },
        { id: "two", payee: technology, kind: "inside-commission", ppm: 500_000n },
      ],
    };
    const cent: ConversionSnapshot = { ...order, event: "sale", positions: [], netMinor: 20n, currency: eur, rate: undefined };
    const result = calculate(cent, halves, {});
    expect([result.commissionMinor, result.earnerMinor, ...result.splits.map((split) => split.amountMinor)]).toEqual([1n, 0n, 1n, 0n]);
  });

  test("pricing without a needed rate is a bug, never an invented rate", () => {
    expect(needsRate(order, terms)).toBe(true);
    expect(() => calculate({ ...order, rate: undefined }, terms, {})).toThrow("exchange rate is known");
  });
});

const payOf: fc.Arbitrary<Pay> = fc.oneof(
  fc.record({ kind: fc.constant("percent" as const), ppm: fc.bigInt(0n, 1_000_000n) }),
  fc.record({ kind: fc.constant("fixed" as const), minor: fc.bigInt(0n, 10_000n) }),
  fc.constant({ kind: "none" as const }),
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constant("itemGroup" as const),
    op: fc.constant("in" as const),
    value: fc.subarray(["a", "b", "c"], { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant("sku" as const),
    op: fc.constant("prefix" as const),
    value: fc.subarray(["1", "2", "3"], { minLength: 1 }),
  }),
  fc.record({ field: fc.constant("customerStatus" as const), op: fc.constant("eq" as const), value: fc.constantFrom("new", "existing") }),
  fc.record({
    field: fc.constant("basketMinor" as const),
    op: fc.constant("range" as const),
    value: fc.record({ from: fc.option(fc.bigInt(0n, 50_000n)), below: fc.option(fc.bigInt(0n, 90_000n)) }),
  }),
  fc.record({ field: fc.constant("voucher" as const), op: fc.constant("exists" as const), value: fc.boolean() }),
);
const conditionOf: fc.Arbitrary<Condition> = fc.oneof(
  leaf,
  fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 3 }) }),
  fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 3 }) }),
  fc.record({ not: leaf }),
);

const splitsOf: fc.Arbitrary<readonly Split[]> = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant("on-top-of-commission" as const), ppm: fc.bigInt(0n, 1_000_000n) }),
      fc.record({ kind: fc.constant("inside-commission" as const), ppm: fc.bigInt(0n, 250_000n) }),
      fc.record({ kind: fc.constant("of-base" as const), ppm: fc.bigInt(0n, 100_000n) }),
      fc.record({ kind: fc.constant("fixed" as const), minor: fc.bigInt(0n, 500n) }),
    ),
    { maxLength: 4 },
  )
  .map((splits) => splits.map((split, index) => ({ id: `split-${index}`, payee: `org_${index}` as const, ...split })));

const dealOf: fc.Arbitrary<Terms> = fc
  .record({
    level: fc.constantFrom("item" as const, "order" as const),
    rules: fc.array(fc.record({ when: conditionOf, pay: payOf }), { maxLength: 5 }),
    otherwise: payOf,
    splits: splitsOf,
    settlement: fc.constantFrom(eur, gbp, currency("JPY"), currency("TND")),
  })
  .map(({ level, rules, otherwise, splits, settlement }) => ({
    ...terms,
    currency: settlement,
    conversionTypes: [
      { event: "sale", level, rules: rules.map((rule, index) => ({ id: `r${index}`, label: { de: "R", en: "R" }, ...rule })), otherwise },
    ],
    splits,
  }));

const positionsOf = fc
  .array(
    fc.record({
      sku: fc.constantFrom("1x", "2x", "3x"),
      group: fc.constantFrom("a", "b", "c"),
      quantity: fc.integer({ min: 1, max: 20 }),
      netMinor: fc.bigInt(0n, 99_999n),
    }),
    { maxLength: 5 },
  )
  .map((rows) => rows.map((row, index) => ({ index, ...row })));

const conversionOf: fc.Arbitrary<ConversionSnapshot> = fc
  .record({
    positions: positionsOf,
    alone: fc.bigInt(0n, 99_999n),
    rate: fc.record({ numerator: fc.bigInt(1n, 1_000_000n), denominator: fc.bigInt(1n, 1_000_000n) }),
    customerStatus: fc.constantFrom("new" as const, "existing" as const, undefined),
    voucherCodes: fc.subarray(["SPRING", "VIP"]),
  })
  .map(({ positions, alone, rate, customerStatus, voucherCodes }) => ({
    ...order,
    positions,
    rate,
    customerStatus,
    voucherCodes,
    netMinor: positions.length > 0 ? positions.reduce((total, position) => total + position.netMinor, 0n) : alone,
  }));

describe("calculate, for 10,000 random deals and conversions", () => {
  test("the payer's cost is exactly what all payees get, nobody gets less than nothing, and a replay gives the same bytes", () => {
    fc.assert(
      fc.property(dealOf, conversionOf, (deal, conversion) => {
        const result = calculate(conversion, deal, {});
        const toSplits = result.splits.reduce((total, split) => total + split.amountMinor, 0n);
        const toLines = result.lines.reduce((total, line) => total + line.amountMinor, 0n);
        const isExact = result.payerCostMinor === result.earnerMinor + toSplits && result.commissionMinor === toLines;
        const again = calculate(structuredClone(conversion), structuredClone(deal), {});
        return isExact && result.earnerMinor >= 0n && canonicalJson(plainJson(again)) === canonicalJson(plainJson(result));
      }),
      { numRuns: 10_000, seed: 20_261_123 },
    );
  });

  test("the order in which returns arrive does not change what is left", () => {
    fc.assert(
      fc.property(positionsOf, fc.infiniteStream(fc.integer({ min: 0, max: 20 })), (positions, stream) => {
        const wanted = positions.map((position) => Math.min(position.quantity, stream.next().value));
        const inOneGo = positions.map((position, index) => afterReturn(position, wanted[index] ?? 0));
        const summedUp = positions.map((position, index) => {
          const first = Math.floor((wanted[index] ?? 0) / 2);
          return afterReturn(position, first + ((wanted[index] ?? 0) - first));
        });
        expect(summedUp).toEqual(inOneGo);
        for (const position of inOneGo) expect(position.netMinor >= 0n).toBe(true);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });
});
