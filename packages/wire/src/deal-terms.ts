import { z } from "zod";
import { currencyCode, id, instantText, integer, localText, minorUnits, ppm, timeZoneName } from "./codecs.ts";
import { conversionEvent } from "./conversions.ts";

/** The fields that a rule of a contract may ask for: a closed list, so that every reader knows what decides. */
export const dealFields = ["itemGroup", "sku", "category", "customerStatus", "voucher", "basketMinor", "country"] as const;
export type DealField = (typeof dealFields)[number];

/** A typed condition tree; texts compare exactly, `range` takes `from` and all above up to but not including `below`. */
export type DealCondition =
  | { readonly all: readonly DealCondition[] }
  | { readonly any: readonly DealCondition[] }
  | { readonly not: DealCondition }
  | { readonly field: DealField; readonly op: "eq"; readonly value: string }
  | { readonly field: DealField; readonly op: "in" | "prefix"; readonly value: readonly string[] }
  | { readonly field: DealField; readonly op: "range"; readonly value: { readonly from: bigint | null; readonly below: bigint | null } }
  | { readonly field: DealField; readonly op: "exists"; readonly value: boolean };

const ruleId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "lower-case letters, digits and hyphens, at most 40")
  .meta({ examples: ["new-customers"] });
const comparedText = z.string().min(1).max(200);
const field = z.enum(dealFields);

const comparison = z.discriminatedUnion("op", [
  z.strictObject({ field, op: z.literal("eq"), value: comparedText }),
  z.strictObject({ field, op: z.enum(["in", "prefix"]), value: z.array(comparedText).min(1).max(500).readonly() }),
  z.strictObject({
    field,
    op: z.literal("range"),
    value: z.strictObject({ from: minorUnits().nullable(), below: minorUnits().nullable() }),
  }),
  z.strictObject({ field, op: z.literal("exists"), value: z.boolean() }),
]);

/** When a rule applies. */
export const dealCondition: z.ZodType<DealCondition, unknown> = z
  .lazy(() =>
    z.union([
      comparison,
      z.strictObject({ all: z.array(dealCondition).min(1).max(20).readonly() }),
      z.strictObject({ any: z.array(dealCondition).min(1).max(20).readonly() }),
      z.strictObject({ not: dealCondition }),
    ]),
  )
  .meta({ id: "DealCondition" });

/** What a line earns: a share of the net value, an amount in the settlement currency per order, lead or item, or nothing. */
export const dealPay = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("percent"), ppm: ppm() }),
  z.strictObject({ kind: z.literal("fixed"), minor: minorUnits() }),
  z.strictObject({ kind: z.literal("none") }),
]);

const dealRule = z.strictObject({ id: ruleId, label: localText(), when: dealCondition, pay: dealPay });

const conversionType = z.strictObject({
  /** What happened: `sale`, `lead`, … */
  event: conversionEvent(),
  level: z.enum(["item", "order"]),
  rules: z.array(dealRule).max(100).readonly(),
  otherwise: dealPay,
});

/** What a further party gets. `inside-commission` comes out of the earner's commission, every other kind is paid on top of it. */
const dealSplit = z.discriminatedUnion("kind", [
  z.strictObject({ id: ruleId, payee: id("org"), kind: z.literal("on-top-of-commission"), ppm: ppm(10_000_000n) }),
  z.strictObject({ id: ruleId, payee: id("org"), kind: z.literal("inside-commission"), ppm: ppm() }),
  z.strictObject({ id: ruleId, payee: id("org"), kind: z.literal("of-base"), ppm: ppm() }),
  z.strictObject({ id: ruleId, payee: id("org"), kind: z.literal("fixed"), minor: minorUnits() }),
]);

/** The money terms of a contract. Money and ppm are decimal strings; everything else is plain JSON. */
export const dealTerms = z
  .strictObject({
    version: z.literal(1),
    /** Settlement currency: what commissions are counted and paid in. */
    currency: currencyCode(),
    /** Days, month ends and rate dates follow it. */
    timeZone: timeZoneName(),
    conversionTypes: z.array(conversionType).min(1).max(20).readonly(),
    splits: z.array(dealSplit).max(20).readonly().default([]),
    attribution: z.strictObject({ model: z.literal("last-click"), clickWindowDays: z.int().min(1).max(365) }),
    validation: z.strictObject({
      days: z.int().min(0).max(365),
      onDeadline: z.enum(["approve", "decline"]),
      declineReasons: z
        .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/))
        .min(1)
        .max(30)
        .readonly(),
    }),
    /** Which version prices a conversion: the one in force at the conversion or at the click that won it. */
    rateLock: z.enum(["conversion", "click"]),
    exchange: z.strictObject({ dateRule: z.literal("conversion") }),
    payment: z.strictObject({ cycle: z.literal("monthly"), thresholdMinor: minorUnits(), mode: z.literal("direct") }),
    selfBilling: z.strictObject({ agreed: z.boolean() }),
    /** Free special terms; part of what is signed. */
    notes: z.string().max(20_000).default(""),
  })
  .meta({ id: "DealTerms" });

export type DealTerms = z.output<typeof dealTerms>;

export const partyRoles = ["payer", "earner", "intermediary", "agency", "technology", "service", "operator"] as const;

/** An organisation in its roles of this contract. */
export const contractParty = z.strictObject({
  org: id("org"),
  roles: z.array(z.enum(partyRoles)).min(1).max(partyRoles.length).readonly(),
  signatory: z.boolean(),
});

/** From when the agreed terms hold. Never in the past: a moment that has passed means "from conclusion". */
export const effectiveRule = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("on-conclusion") }),
  z.strictObject({ rule: z.literal("at"), at: instantText() }),
]);

/** One thing that the static check found in terms. */
export const dealFinding = z.strictObject({
  pointer: z.string(),
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  title: localText(),
});

const textSection = z.strictObject({ title: z.string(), sentences: z.array(z.string()).readonly() });

/** The terms in sentences, rendered from the same data in both languages. */
export const dealText = z.strictObject({ de: z.array(textSection).readonly(), en: z.array(textSection).readonly() });

/** One changed item between two sets of terms. `before` or `after` is null when the item was added or removed. */
export const dealChange = z.strictObject({
  pointer: z.string(),
  label: localText(),
  before: localText().nullable(),
  after: localText().nullable(),
});

/** A field or a commission model as forms show it. */
export const dealFieldView = z.strictObject({
  field,
  label: localText(),
  type: z.enum(["text", "choice", "list", "amount"]),
  ops: z.array(z.enum(["eq", "in", "prefix", "range", "exists"])).readonly(),
  choices: z.array(z.strictObject({ value: z.string(), label: localText() })).readonly(),
  levels: z.array(z.enum(["item", "order"])).readonly(),
});

export const commissionModelView = z.strictObject({
  code: z.string(),
  version: z.int(),
  kind: z.enum(["percent", "fixed", "none"]),
  label: localText(),
  levels: z.array(z.enum(["item", "order"])).readonly(),
});

/** The trace of one priced line; enough to compute it again by hand. */
export const dealLineTrace = z.strictObject({
  position: z.int().nullable(),
  ruleId: z.string(),
  model: z.string(),
  baseMinor: integer(),
  shopCurrency: currencyCode(),
  settlementCurrency: currencyCode(),
  rate: z.string(),
  rateDate: z.string().nullable(),
  quantity: z.int(),
  ppm: integer().nullable(),
  fixedMinor: integer().nullable(),
  amountMinor: integer(),
});
