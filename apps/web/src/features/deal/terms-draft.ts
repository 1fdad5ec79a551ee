import type { Currency, TimeZone } from "@biotop/kernel";
import type { contractParty, dealTerms } from "@biotop/wire";
import { z } from "zod";

/** Terms as a form holds them: amounts and ppm are texts, as on the wire. */
export type TermsDraft = z.input<typeof dealTerms>;
export type SignedTerms = z.output<typeof dealTerms>;
export type ConversionTypeDraft = TermsDraft["conversionTypes"][number];
export type RuleDraft = ConversionTypeDraft["rules"][number];
export type PayDraft = RuleDraft["pay"];
export type SplitDraft = NonNullable<TermsDraft["splits"]>[number];
export type PartyDraft = z.input<typeof contractParty>;

const declineReasonsUsual = ["cancelled", "returned", "payment-failed", "duplicate", "fraud"];

/** What most contracts begin with; every value can be changed before anybody signs. */
export function usualTerms(currency: Currency, timeZone: TimeZone): TermsDraft {
  return {
    version: 1,
    currency,
    timeZone,
    conversionTypes: [{ event: "sale", level: "order", rules: [], otherwise: { kind: "percent", ppm: "80000" } }],
    splits: [],
    attribution: { model: "last-click", clickWindowDays: 30 },
    validation: { days: 30, onDeadline: "approve", declineReasons: declineReasonsUsual },
    rateLock: "conversion",
    exchange: { dateRule: "conversion" },
    payment: { cycle: "monthly", thresholdMinor: "2500", mode: "direct" },
    selfBilling: { agreed: true },
    notes: "",
  };
}

/** Terms that came from the API, back in the form's notation. */
export function draftOf(terms: SignedTerms): TermsDraft {
  return JSON.parse(JSON.stringify(terms, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value))) as TermsDraft;
}

export function replaceAt<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  return items.map((each, at) => (at === index ? item : each));
}

export function withoutAt<Item>(items: readonly Item[], index: number): Item[] {
  return items.filter((_each, at) => at !== index);
}

/** A rule id that is not used yet: `rule-1`, `rule-2`, … */
export function freeId(prefix: string, taken: readonly string[]): string {
  for (let number = 1; number <= taken.length + 1; number += 1) {
    const id = `${prefix}-${number}`;
    if (!taken.includes(id)) return id;
  }
  return `${prefix}-${taken.length + 1}`;
}

const comparison = z.object({ field: z.string(), op: z.enum(["eq", "in", "prefix", "range", "exists"]), value: z.unknown() });
export type Comparison = z.infer<typeof comparison>;

/** A condition that the editor can show: one list of comparisons, all or any of them. */
export type FlatCondition = { readonly join: "all" | "any"; readonly parts: readonly Comparison[] };

/** `undefined` when the tree is deeper than one list; the editor then keeps it as it stands. */
export function flatten(condition: unknown): FlatCondition | undefined {
  const single = comparison.safeParse(condition);
  if (single.success) return { join: "all", parts: [single.data] };
  const joined = z.union([z.object({ all: z.array(comparison) }), z.object({ any: z.array(comparison) })]).safeParse(condition);
  if (!joined.success) return undefined;
  return "all" in joined.data ? { join: "all", parts: joined.data.all } : { join: "any", parts: joined.data.any };
}

export function unflatten({ join, parts }: FlatCondition): unknown {
  const [only] = parts;
  if (parts.length === 1) return only;
  return join === "all" ? { all: parts } : { any: parts };
}
