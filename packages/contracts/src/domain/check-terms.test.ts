import { currency, type TimeZone } from "@biotop/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTerms } from "./check-terms.ts";
import { type Condition, type Fact, type Field, matches } from "./condition.ts";
import { implies } from "./implies.ts";
import { isWithin, reachOf } from "./signing-limit.ts";
import type { ConversionType, Terms } from "./terms.ts";

const label = { de: "Regel", en: "Rule" };
const parties = { payer: "org_m", earner: "org_p", all: ["org_m", "org_p", "org_a"] } as const;

function termsWith(type: Partial<ConversionType>, more: Partial<Terms> = {}): Terms {
  return {
    version: 1,
    currency: currency("EUR"),
    timeZone: "Europe/Berlin" as TimeZone,
    conversionTypes: [{ event: "sale", level: "item", rules: [], otherwise: { kind: "percent", ppm: 50_000n }, ...type }],
    splits: [],
    attribution: { model: "last-click", clickWindowDays: 30 },
    validation: { days: 30, onDeadline: "approve", declineReasons: ["returned"] },
    rateLock: "conversion",
    exchange: { dateRule: "conversion" },
    payment: { cycle: "monthly", thresholdMinor: 0n, mode: "direct" },
    selfBilling: { agreed: true },
    notes: "",
    ...more,
  };
}

const codes = (terms: Terms) => checkTerms(terms, parties).map(({ pointer, code, severity }) => [pointer, code, severity]);
const ruleWith = (id: string, when: Condition) => ({ id, label, when, pay: { kind: "percent", ppm: 80_000n } as const });

describe("checkTerms", () => {
  test("finds nothing in sound terms", () => {
    expect(codes(termsWith({}))).toEqual([]);
  });

  test("names a rule that an earlier one always hides", () => {
    const lamps: Condition = { field: "itemGroup", op: "in", value: ["lamps", "bulbs"] };
    const rules = [
      ruleWith("wide", lamps),
      ruleWith("hidden", {
        all: [
          { field: "itemGroup", op: "eq", value: "lamps" },
          { field: "customerStatus", op: "eq", value: "new" },
        ],
      }),
      ruleWith("reached", { field: "itemGroup", op: "eq", value: "shades" }),
    ];
    expect(codes(termsWith({ rules }))).toEqual([["/conversionTypes/0/rules/1", "unreachable-rule", "error"]]);
  });

  test("names comparisons that do not fit their field, level or values", () => {
    const rules = [
      ruleWith("a", { field: "basketMinor", op: "eq", value: "5" }),
      ruleWith("b", { not: { field: "customerStatus", op: "eq", value: "vip" } }),
      ruleWith("c", { field: "sku", op: "eq", value: "1" }),
      ruleWith("c", { field: "basketMinor", op: "range", value: { from: 10n, below: 10n } }),
      ruleWith("otherwise", { field: "country", op: "in", value: ["Germany"] }),
    ];
    expect(codes(termsWith({ level: "order", rules }))).toEqual([
      ["/conversionTypes/0/rules/0/when/op", "operator-not-for-field", "error"],
      ["/conversionTypes/0/rules/1/when/not/value", "unknown-value", "error"],
      ["/conversionTypes/0/rules/2/when/field", "field-needs-item-level", "error"],
      ["/conversionTypes/0/rules/3/id", "duplicate-rule-id", "error"],
      ["/conversionTypes/0/rules/3/when/value", "empty-range", "error"],
      ["/conversionTypes/0/rules/4/id", "reserved-rule-id", "error"],
      ["/conversionTypes/0/rules/4/when/value", "unknown-value", "error"],
    ]);
  });

  test("names shares above the whole and payees that cannot be paid", () => {
    const share = (id: string, payee: `org_${string}`, ppm: bigint) => ({ id, payee, kind: "inside-commission", ppm }) as const;
    const splits = [share("a", "org_a", 600_000n), share("b", "org_x", 500_000n), share("b", "org_m", 0n), share("d", "org_p", 0n)];
    expect(codes(termsWith({}, { splits }))).toEqual([
      ["/splits/2/id", "duplicate-split-id", "error"],
      ["/splits", "inside-above-whole", "error"],
      ["/splits/1/payee", "payee-not-a-party", "error"],
      ["/splits/2/payee", "payee-is-payer", "error"],
      ["/splits/3/payee", "payee-is-earner", "error"],
    ]);
  });

  test("warns without refusing", () => {
    expect(codes(termsWith({ otherwise: { kind: "none" } }, { selfBilling: { agreed: false } }))).toEqual([
      ["/conversionTypes/0", "pays-nothing", "warning"],
      ["/selfBilling/agreed", "self-billing-not-agreed", "warning"],
    ]);
  });
});

describe("implies", () => {
  const texts = fc.subarray(["a", "ab", "b"], { minLength: 1 });
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({ field: fc.constant<Field>("sku"), op: fc.constantFrom("in" as const, "prefix" as const), value: texts }),
    fc.record({ field: fc.constant<Field>("voucher"), op: fc.constant("in" as const), value: texts }),
    fc.record({ field: fc.constant<Field>("voucher"), op: fc.constant("exists" as const), value: fc.boolean() }),
    fc.record({
      field: fc.constant<Field>("basketMinor"),
      op: fc.constant("range" as const),
      value: fc.record({ from: fc.option(fc.bigInt(0n, 3n)), below: fc.option(fc.bigInt(0n, 3n)) }),
    }),
  );
  const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie("tree") }),
    ),
  }));
  const world = fc.record({
    sku: fc.option(fc.constantFrom("a", "ab", "b", "abc")),
    voucher: fc.subarray(["a", "ab", "b", "x"]),
    basket: fc.bigInt(0n, 4n),
  });

  test("is never wrong: where it says so, whatever meets the narrow condition meets the wide one", () => {
    fc.assert(
      fc.property(tree, tree, world, (narrow, wide, { sku, voucher, basket }) => {
        const fact = (field: Field): Fact => (field === "basketMinor" ? basket : field === "voucher" ? voucher : sku === null ? [] : [sku]);
        if (implies(narrow, wide) && matches(narrow, fact)) expect(matches(wide, fact)).toBe(true);
      }),
      { numRuns: 5_000, seed: 42 },
    );
  });
});

describe("a signing limit", () => {
  const terms = termsWith(
    { otherwise: { kind: "fixed", minor: 500n }, rules: [ruleWith("a", { field: "sku", op: "eq", value: "1" })] },
    {
      splits: [
        { id: "top", payee: "org_a", kind: "on-top-of-commission", ppm: 250_000n },
        { id: "base", payee: "org_a", kind: "of-base", ppm: 10_000n },
        { id: "fee", payee: "org_a", kind: "fixed", minor: 20n },
      ],
    },
  );

  test("is measured by what a sale can cost at most, shares on top included", () => {
    expect(reachOf(terms)).toEqual({ ppm: 110_000n, fixedMinor: 645n, currency: "EUR" });
  });

  test("binds programme, percentage and fixed amount", () => {
    const limit = { programmes: "any", limitPpm: 110_000n, limitFixed: { currency: currency("EUR"), minor: 645n } } as const;
    expect(isWithin(limit, "prg_1", reachOf(terms))).toBe(true);
    expect(isWithin({ ...limit, programmes: ["prg_2"] }, "prg_1", reachOf(terms))).toBe(false);
    expect(isWithin({ ...limit, limitPpm: 109_999n }, "prg_1", reachOf(terms))).toBe(false);
    expect(isWithin({ ...limit, limitFixed: null }, "prg_1", reachOf(terms))).toBe(false);
    expect(isWithin({ ...limit, limitFixed: { currency: currency("GBP"), minor: 9_999n } }, "prg_1", reachOf(terms))).toBe(false);
  });
});
