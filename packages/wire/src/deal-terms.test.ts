import { describe, expect, test } from "vitest";
import { z } from "zod";
import { dealTerms } from "./deal-terms.ts";

const text = {
  version: 1,
  currency: "EUR",
  timeZone: "Europe/Berlin",
  conversionTypes: [
    {
      event: "sale",
      level: "item",
      rules: [
        {
          id: "new-customers",
          label: { de: "Neukunden", en: "New customers" },
          when: {
            all: [
              { field: "customerStatus", op: "eq", value: "new" },
              { not: { field: "basketMinor", op: "range", value: { from: null, below: "1000" } } },
            ],
          },
          pay: { kind: "percent", ppm: "100000" },
        },
      ],
      otherwise: { kind: "fixed", minor: "250" },
    },
  ],
  splits: [{ id: "agency", payee: "org_a", kind: "on-top-of-commission", ppm: "150000" }],
  attribution: { model: "last-click", clickWindowDays: 30 },
  validation: { days: 30, onDeadline: "approve", declineReasons: ["returned"] },
  rateLock: "conversion",
  exchange: { dateRule: "conversion" },
  payment: { cycle: "monthly", thresholdMinor: "2500", mode: "direct" },
  selfBilling: { agreed: true },
  notes: "",
};

describe("dealTerms", () => {
  test("amounts and ppm travel as decimal text and come back the same", () => {
    const terms = dealTerms.parse(text);
    expect(terms.conversionTypes[0]?.rules[0]?.pay).toEqual({ kind: "percent", ppm: 100_000n });
    expect(z.encode(dealTerms, terms)).toEqual(text);
  });

  test("an unknown field is refused with its place", () => {
    const parsed = dealTerms.safeParse({ ...text, rabatt: 1 });
    expect(parsed.success).toBe(false);
    const wrongRate = { ...text, splits: [{ id: "agency", payee: "org_a", kind: "inside-commission", ppm: "1000001" }] };
    expect(dealTerms.safeParse(wrongRate).error?.issues[0]?.path).toEqual(["splits", 0, "ppm"]);
  });
});
