import { z } from "zod";
import { currencyCode, id, instantText, minorUnits } from "./codecs.ts";

/** How many rows one request may carry. */
export const conversionRowsMax = 1000;
export const positionsMax = 2000;
export const clickIdsMax = 10;

/** Text of a foreign system (order numbers, article numbers): any printable characters, kept as they are. */
function foreignText(charactersMax: number) {
  return z
    .string()
    .min(1)
    .max(charactersMax)
    .regex(/^\P{Cc}*$/u, "no control characters")
    .refine((text) => text.isWellFormed(), "well-formed Unicode");
}

/** `sale`, `lead`, `newsletter-sign-up`: what a contract prices. */
export function conversionEvent() {
  return z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "lower-case letters, digits, dot, dash, underscore; at most 64");
}

export const conversionPosition = z.strictObject({
  sku: foreignText(128).optional(),
  name: foreignText(500).optional(),
  /** The group by which a contract sets rates. */
  group: foreignText(128).optional(),
  category: foreignText(256).optional(),
  quantity: z.int().min(1).max(10_000_000),
  /** The line's total: net of tax, after discounts. */
  amountMinor: minorUnits(),
});

export const conversionCustomer = z.strictObject({
  status: z.enum(["new", "existing"]),
  /** SHA-256 of the normalised customer key, hexadecimal; only where the merchant has a legal basis. */
  keyHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "64 lower-case hexadecimal digits")
    .optional(),
});

/** The identity of a conversion: a repeat with the same content is harmless, with other content a coded refusal. */
const conversionKey = {
  programme: id("prg"),
  orderId: foreignText(128),
  event: conversionEvent().default("sale"),
  category: foreignText(64).optional(),
};

/** One order, lead … as the shop's server reports it. */
export const conversionRow = z.strictObject({
  ...conversionKey,
  occurredAt: instantText(),
  currency: currencyCode(),
  /** Net of tax and shipping, after discounts; the sum of the positions where there are any. */
  amountMinor: minorUnits(),
  positions: z.array(conversionPosition).min(1).max(positionsMax).optional(),
  vouchers: z.array(foreignText(64)).max(20).default([]),
  customer: conversionCustomer.optional(),
  clickIds: z.array(foreignText(64)).max(clickIdsMax).default([]),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "an ISO 3166 country such as DE")
    .optional(),
  status: z.enum(["open", "approved", "declined"]).default("open"),
  test: z.boolean().default(false),
});

/** A returned quantity of one position: by its place in the report, counted from 0, or by article number. */
export const returnedPosition = z.union([
  z.strictObject({ index: z.int().min(0).max(positionsMax), quantity: z.int().min(1).max(10_000_000) }),
  z.strictObject({ sku: foreignText(128), quantity: z.int().min(1).max(10_000_000) }),
]);

const changeBase = {
  ...conversionKey,
  occurredAt: instantText(),
  /** The shop's own name of this change: a repeat with the same name is harmless. */
  changeId: foreignText(128),
};

/** What became of a reported conversion. */
export const conversionChange = z.discriminatedUnion("op", [
  z.strictObject({ ...changeBase, op: z.literal("approve") }),
  z.strictObject({ ...changeBase, op: z.literal("decline"), reason: foreignText(200) }),
  z.strictObject({ ...changeBase, op: z.literal("return"), positions: z.array(returnedPosition).min(1).max(positionsMax) }),
  z.strictObject({
    ...changeBase,
    op: z.literal("amount"),
    amountMinor: minorUnits(),
    positions: z.array(conversionPosition).min(1).max(positionsMax).optional(),
  }),
]);

export const conversionReport = z.strictObject({ rows: z.array(conversionRow).min(1).max(conversionRowsMax) });
export const conversionChanges = z.strictObject({ rows: z.array(conversionChange).min(1).max(conversionRowsMax) });

/** Why the edge refuses a row. What needs the store (duplicate, other content, …) follows as an outcome. */
export const conversionRefusalCodes = [
  "invalid-field",
  "unknown-currency",
  "negative-amount",
  "unknown-programme",
  "foreign-programme",
  "positions-do-not-sum-up",
  "forged-click-id",
  "foreign-click-id",
  "occurred-in-future",
] as const;
export type ConversionRefusalCode = (typeof conversionRefusalCodes)[number];

/** One answer for each row, in the order of the request. */
export const conversionReceipt = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("received"),
    /** The same row gets the same receipt, so that a repeat is recognised. */
    receipt: id("rcp"),
  }),
  z.strictObject({
    status: z.literal("refused"),
    code: z.enum(conversionRefusalCodes),
    errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).min(1),
  }),
]);
export const conversionReceipts = z.strictObject({ rows: z.array(conversionReceipt) });

export type ConversionRow = z.output<typeof conversionRow>;
export type ConversionPosition = z.output<typeof conversionPosition>;
export type ConversionChange = z.output<typeof conversionChange>;
export type ConversionReceipt = z.output<typeof conversionReceipt>;
