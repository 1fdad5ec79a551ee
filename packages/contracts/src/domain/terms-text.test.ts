import { currency, type TimeZone } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { diffParties, diffTerms } from "./diff-terms.ts";
import { explainLine, explainSplit } from "./explain.ts";
import type { ReadingContext } from "./phrases.ts";
import type { Terms } from "./terms.ts";
import { termsHeadline, termsText } from "./terms-text.ts";

const context: ReadingContext = { names: { org_agency: "Beam agency" }, shopCurrency: currency("GBP") };
const terms: Terms = {
  version: 1,
  currency: currency("EUR"),
  timeZone: "Europe/Berlin" as TimeZone,
  conversionTypes: [
    {
      event: "sale",
      level: "item",
      rules: [
        {
          id: "new-lamps",
          label: { de: "Neukunden, Lampen", en: "New customers, lamps" },
          when: {
            all: [
              { field: "customerStatus", op: "eq", value: "new" },
              {
                any: [
                  { field: "itemGroup", op: "in", value: ["lamps", "bulbs"] },
                  { field: "sku", op: "prefix", value: ["L-"] },
                ],
              },
              { not: { field: "voucher", op: "exists", value: true } },
              { field: "basketMinor", op: "range", value: { from: 5_000n, below: null } },
            ],
          },
          pay: { kind: "percent", ppm: 125_000n },
        },
      ],
      otherwise: { kind: "fixed", minor: 250n },
    },
  ],
  splits: [{ id: "agency", payee: "org_agency", kind: "inside-commission", ppm: 200_000n }],
  attribution: { model: "last-click", clickWindowDays: 30 },
  validation: { days: 1, onDeadline: "decline", declineReasons: ["cancelled", "house-rule"] },
  rateLock: "click",
  exchange: { dateRule: "conversion" },
  payment: { cycle: "monthly", thresholdMinor: 2_500n, mode: "direct" },
  selfBilling: { agreed: true },
  notes: "No brand bidding.",
};

/** Numbers and currencies of a text, whatever the language's notation. */
const figures = (text: string) => [...text.matchAll(/\d+(?:[.,]\d+)?/g)].map(([figure]) => figure.replace(",", "."));
const flat = (language: "de" | "en") =>
  termsText(terms, context, language)
    .flatMap((section) => section.sentences)
    .join("\n")
    .replaceAll("\u00a0", " ");

describe("termsText", () => {
  test("says the same figures in German and English", () => {
    expect(figures(flat("de"))).toEqual(figures(flat("en")));
  });

  test("reads as sentences with names, amounts and conditions", () => {
    expect(flat("de")).toContain(
      "1. Neukunden, Lampen: Wenn Kunde ist Neukunde und (Warengruppe ist „lamps“ oder „bulbs“ oder Artikelnummer beginnt mit „L-“) " +
        "und nicht (Gutscheincode ist angegeben) und Warenkorb (netto) ab 50,00 £, dann 12,5 % des Nettowerts.",
    );
    expect(flat("en")).toContain("In all other cases: €2.50 per unit.");
    expect(flat("en")).toContain("Beam agency gets 20% out of the partner’s commission.");
    expect(flat("de")).toContain("innerhalb von 1 Tag; danach gilt sie als abgelehnt.");
    expect(flat("en")).toContain("cancelled or house-rule");
    expect(flat("de")).toContain("GBP zum EZB-Referenzkurs");
    expect(flat("en")).toContain("No brand bidding.");
  });

  test("has a headline for lists", () => {
    expect(termsHeadline(terms).de.replaceAll("\u00a0", " ")).toBe("12,5 % · 2,50 € · 30 Tage Klick-Fenster · EUR");
    expect(termsHeadline(terms).en).toBe("12.5% · €2.50 · 30-day click window · EUR");
  });
});

describe("diffTerms", () => {
  test("finds nothing between equal terms", () => {
    expect(diffTerms(terms, structuredClone(terms), context)).toEqual([]);
  });

  test("names changed, added and removed items by pointer, in both languages", () => {
    const changed: Terms = {
      ...terms,
      splits: [{ id: "technology", payee: "org_technology", kind: "fixed", minor: 10n }],
      attribution: { model: "last-click", clickWindowDays: 14 },
      selfBilling: { agreed: false },
    };
    expect(
      diffTerms(terms, changed, context).map(({ pointer, before, after }) => [pointer, before?.en ?? null, after?.en ?? null]),
    ).toEqual([
      ["/splits/0", null, "€0.10 for each conversion that pays, in addition"],
      ["/attribution/clickWindowDays", "30 days", "14 days"],
      ["/selfBilling/agreed", "agreed", "not agreed"],
      ["/splits/0", "20% out of the partner’s commission", null],
    ]);
  });
});

describe("a diff", () => {
  const [type] = terms.conversionTypes;
  const rule = (id: string, en = id) =>
    ({ id, label: { de: en, en }, when: { field: "sku", op: "eq", value: id }, pay: { kind: "none" } }) as const;
  const withRules = (...rules: readonly ReturnType<typeof rule>[]): Terms =>
    type ? { ...terms, conversionTypes: [{ ...type, rules }] } : terms;
  const said = (before: Terms, after: Terms) =>
    diffTerms(before, after, context).map(({ pointer, before: was, after: is }) => [pointer, was?.en, is?.en]);

  test("names a new order only when rules that stay change places, and a new name of a rule", () => {
    const [a, b, c] = [rule("a"), rule("b"), rule("c")];
    expect(said(withRules(a, b), withRules(b, a))).toEqual([["/conversionTypes/0/rules", "a → b", "b → a"]]);
    expect(said(withRules(a, b), withRules(a, c, b)).map(([pointer]) => pointer)).toEqual(["/conversionTypes/0/rules/1"]);
    expect(said(withRules(a), withRules(rule("a", "Lamps")))).toEqual([["/conversionTypes/0/rules/0/label", "a", "Lamps"]]);
  });

  test("is never empty where the signed text differs", () => {
    const listed: Terms = withRules({ ...rule("a"), when: { field: "sku", op: "in", value: ["a"] } } as never);
    expect(said(withRules(rule("a")), listed)).toHaveLength(1);
  });

  test("names parties that join, leave or change their roles", () => {
    const merchant = { org: "org_m", roles: ["payer"], signatory: true } as const;
    const changes = diffParties([merchant], [merchant, { org: "org_agency", roles: ["agency", "technology"], signatory: false }], context);
    expect(changes).toMatchObject([{ pointer: "/parties/1", label: { en: "Party Beam agency" }, before: null }]);
    expect(changes[0]?.after).toEqual({ de: "Agentur und Technik, unterschreibt nicht", en: "agency and technology, does not sign" });
  });
});

describe("explanations", () => {
  const line = {
    position: 0,
    ruleId: "new-lamps",
    model: "percent-of-sale@1",
    baseMinor: 1_530n,
    shopCurrency: currency("GBP"),
    settlementCurrency: currency("EUR"),
    rate: "10000/8523",
    rateDate: "2010-12-01" as never,
    quantity: 6,
    ppm: 80_000n,
    fixedMinor: null,
    amountMinor: 144n,
  };

  test("a line says base, rate, exchange and rule", () => {
    expect(explainLine(line, "de").replaceAll("\u00a0", " ")).toBe(
      "Position 1: 8 % von 15,30 £ = 1,44 €, nach Regel „new-lamps“. Kurs vom 1.12.2010: 1 GBP = 1,173296 EUR; gerundet wird einmal, am Ende.",
    );
    expect(explainLine({ ...line, position: null, ppm: null, fixedMinor: 500n, amountMinor: 500n, ruleId: "otherwise" }, "en")).toBe(
      "Order: a fixed €5.00 = €5.00, by the rate for all other cases.",
    );
    expect(explainLine({ ...line, quantity: 0, amountMinor: 0n }, "en")).toBe("Position 1: returned in full, €0.00.");
  });

  test("a split says what it is a share of", () => {
    const split = {
      splitId: "agency",
      payee: "org_agency",
      kind: "of-base",
      ppm: 10_000n,
      fixedMinor: null,
      ofMinor: 3_564n,
      amountMinor: 42n,
    } as const;
    expect(explainSplit(split, line, "en")).toBe("1% of £35.64 net value that pays, in addition: €0.42.");
  });
});
