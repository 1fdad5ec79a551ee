import { z } from "zod";
import { id, instantText, integer, localDateText, localText, moneyAmount, pageOf, pageQuery } from "../codecs.ts";
import { conversionChanges, conversionReceipts, conversionReport } from "../conversions.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

/** First axis: what the merchant says about the sale. */
export const validationStates = ["open", "approved", "adjusted", "declined", "held"] as const;
/** Second axis: how far its money is; "none" where there is none. */
export const settlementStates = ["none", "unbilled", "billed", "paid"] as const;
/** Where the pricing stands: only `priced` conversions have commission lines. */
export const pricingStates = ["waiting", "priced", "unattributed", "test"] as const;
/** Coded reasons of a decline; the contract may allow fewer. */
export const declineReasons = [
  "cancelled",
  "returned",
  "payment-failed",
  "duplicate",
  "out-of-stock",
  "fraud",
  "breach",
  "test-order",
  "other",
] as const;

const organisationRef = z.strictObject({ id: id("org"), name: z.string() });
const programmeRef = z.strictObject({ id: id("prg"), name: z.string() });
const validation = z.enum(validationStates);
const settlement = z.enum(settlementStates);
const pricing = z.enum(pricingStates);
const reasonText = z.strictObject({ code: z.string(), text: localText() });

const transactionRow = z.strictObject({
  id: id("cnv"),
  programme: programmeRef,
  merchant: organisationRef,
  /** Who earns; null while waiting and when nobody does. */
  partner: organisationRef.nullable(),
  orderId: z.string(),
  event: z.string(),
  category: z.string(),
  occurredAt: instantText(),
  receivedAt: instantText(),
  pricing,
  /** Why it waits or why nobody earns. */
  pricingReason: reasonText.nullable(),
  validation,
  /** Why it was declined, adjusted or held. */
  reason: reasonText.nullable(),
  settlement,
  /** When the contract decides by itself; null when decided. */
  deadline: instantText().nullable(),
  /** Current net value in the shop's currency. */
  value: moneyAmount(),
  /** Net value as first reported. */
  reportedValue: moneyAmount(),
  /** What the acting organisation earns; null for the one that pays. */
  earned: moneyAmount().nullable(),
  /** What the sale costs the payer, all payees together; null for the others. */
  cost: moneyAmount().nullable(),
  can: z.strictObject({ approve: z.boolean(), decline: z.boolean(), hold: z.boolean(), adjust: z.boolean() }),
});

const transactionFilter = {
  /** `open` is short for what waits for a decision. */
  state: validation.optional(),
  settlement: settlement.optional(),
  pricing: pricing.optional(),
  programme: id("prg").optional(),
  partner: id("org").optional(),
  from: instantText().optional(),
  to: instantText().optional(),
  orderId: z.string().min(1).max(200).optional(),
};

export const listTransactions = defineEndpoint({
  id: "listTransactions",
  at: "api",
  method: "GET",
  path: "/v1/transactions",
  tag: "Transactions",
  summary: "The sales and leads that the organisation is a party of",
  description: "Newest first. A merchant sees all conversions of its programmes, every other party those of its own contracts.",
  access: "transactions:read",
  query: z.strictObject({ ...pageQuery, ...transactionFilter }),
  status: 200,
  answer: pageOf(transactionRow),
  problems: ["invalid-request"],
});

const position = z.strictObject({
  index: z.number().int(),
  sku: z.string().nullable(),
  group: z.string().nullable(),
  category: z.string().nullable(),
  quantity: z.number().int(),
  /** Still bought: quantity without what came back. */
  remaining: z.number().int(),
  net: moneyAmount(),
  remainingNet: moneyAmount(),
});

const traceStep = z.strictObject({
  position: z.number().int().nullable(),
  ruleId: z.string().nullable(),
  /** One sentence with base, exchange, rate and rounding. */
  text: localText(),
  amount: moneyAmount(),
});

const commissionLine = z.strictObject({
  id: id("cml"),
  payee: organisationRef,
  payer: organisationRef,
  /** `commission` for the earner, `split:<id>` for every other share. */
  kind: z.string(),
  amount: moneyAmount(),
  isApproved: z.boolean(),
  settlement: z.enum(["unbilled", "billed", "paid"]),
  document: id("doc").nullable(),
  /** The billed line that this one corrects in the next document. */
  corrects: z.strictObject({ line: id("cml"), document: id("doc"), documentPosition: z.number().int() }).nullable(),
  trace: z.array(traceStep),
});

const journeyClick = z.strictObject({
  clickId: z.string(),
  at: instantText().nullable(),
  partner: organisationRef.nullable(),
  link: z.string().nullable(),
  outcome: z.enum(["won", "lost", "excluded"]),
  reason: reasonText,
});

const change = z.strictObject({
  no: z.number().int(),
  at: instantText(),
  /** `report`, `approve`, `decline`, `return`, `amount`, `hold`, `release`, `attribute`. */
  op: z.string(),
  /** `api`, `hand`, `deadline` or `system`. */
  source: z.string(),
  reason: reasonText.nullable(),
  /** How the payer's cost changed; null for parties that do not see it. */
  costBefore: moneyAmount().nullable(),
  costAfter: moneyAmount().nullable(),
});

const ledgerLine = z.strictObject({
  entry: id("ent"),
  effectiveAt: instantText(),
  kind: z.string(),
  owner: organisationRef,
  counterparty: organisationRef.nullable(),
  account: z.string(),
  accountLabel: localText(),
  amount: moneyAmount(),
  reverses: id("ent").nullable(),
});

export const getTransaction = defineEndpoint({
  id: "getTransaction",
  at: "api",
  method: "GET",
  path: "/v1/transactions/{transactionId}",
  tag: "Transactions",
  summary: "One conversion: positions, journey, why this amount, changes and ledger lines",
  access: "transactions:read",
  params: z.strictObject({ transactionId: id("cnv") }),
  status: 200,
  answer: transactionRow.extend({
    contract: z.strictObject({ id: id("ctr"), version: id("cvn"), no: z.number().int() }).nullable(),
    exchange: z.strictObject({ from: z.string(), to: z.string(), rate: z.string(), date: localDateText() }).nullable(),
    positions: z.array(position),
    lines: z.array(commissionLine),
    journey: z.array(journeyClick),
    changes: z.array(change),
    ledger: z.array(ledgerLine),
  }),
  problems: ["not-found"],
});

export const validateTransactions = defineEndpoint({
  id: "validateTransactions",
  at: "api",
  method: "POST",
  path: "/v1/transactions/validation",
  tag: "Transactions",
  summary: "Approve, decline, hold or release conversions by hand",
  description: "Either named ids, or a filter: then all matching ones that can take the decision. Only the merchant may.",
  access: "transactions:validate",
  body: z
    .strictObject({
      ids: z.array(id("cnv")).min(1).max(1000).optional(),
      filter: z.strictObject(transactionFilter).optional(),
      decision: z.enum(["approve", "decline", "hold", "release"]),
      reason: z.enum(declineReasons).optional(),
    })
    .refine((body) => (body.ids === undefined) !== (body.filter === undefined), "name either ids or a filter")
    .refine((body) => body.decision !== "decline" || body.reason !== undefined, "a decline names its reason"),
  status: 200,
  answer: z.strictObject({
    changed: z.number().int(),
    refused: z.array(z.strictObject({ id: id("cnv"), code: z.string(), text: localText() })),
  }),
  problems: ["invalid-request", "reason-not-agreed", "too-many-transactions"],
});

const summaryRow = z.strictObject({
  validation,
  count: z.number().int(),
  /** Per currency. */
  values: z.array(moneyAmount()),
  /** Cost for the payer, earnings for everybody else. */
  commissions: z.array(moneyAmount()),
});

export const transactionSummary = defineEndpoint({
  id: "transactionSummary",
  at: "api",
  method: "GET",
  path: "/v1/transactions/summary",
  tag: "Transactions",
  summary: "Figures for tiles and a daily chart",
  access: "transactions:read",
  query: z.strictObject({
    from: localDateText().optional(),
    to: localDateText().optional(),
    programme: id("prg").optional(),
    partner: id("org").optional(),
  }),
  status: 200,
  answer: z.strictObject({
    states: z.array(summaryRow),
    days: z.array(
      z.strictObject({
        day: localDateText(),
        count: z.number().int(),
        values: z.array(moneyAmount()),
        commissions: z.array(moneyAmount()),
      }),
    ),
    /** Waiting for a click, a rate or nobody to earn. */
    unpriced: z.strictObject({ waiting: z.number().int(), unattributed: z.number().int() }),
  }),
  problems: ["invalid-request"],
});

export const reportConversions = defineEndpoint({
  id: "reportConversions",
  at: "edge",
  method: "POST",
  path: "/v1/conversions",
  tag: "Conversions",
  summary: "Report orders and leads, 1 to 1000 in one request",
  description:
    "Each row has its own answer: `received` once it is durable, or `refused` with code and field. What needs the store follows at listConversionOutcomes.",
  access: "conversions:write",
  body: conversionReport,
  status: 202,
  answer: conversionReceipts,
  problems: ["broken-json", "invalid-request", "too-large", "idempotency-key-reused", "unavailable"],
});

export const changeConversion = defineEndpoint({
  id: "changeConversion",
  at: "edge",
  method: "PATCH",
  path: "/v1/conversions",
  tag: "Conversions",
  summary: "Approve, decline, return or change reported conversions",
  description: "A change names itself (`changeId`): a repeat is harmless. It may arrive before its conversion and then waits for it.",
  access: "conversions:write",
  body: conversionChanges,
  status: 202,
  answer: conversionReceipts,
  problems: ["broken-json", "invalid-request", "too-large", "idempotency-key-reused", "unavailable"],
});

export const knownOrders = defineEndpoint({
  id: "knownOrders",
  at: "api",
  method: "POST",
  path: "/v1/conversions/known",
  tag: "Conversions",
  summary: "Which of these orders are stored already",
  access: "conversions:write",
  body: z.strictObject({
    programme: id("prg"),
    event: z.string().min(1).max(60).default("sale"),
    orderIds: z.array(z.string().min(1).max(200)).min(1).max(1000),
  }),
  status: 200,
  answer: z.strictObject({ known: z.array(z.string()) }),
  problems: ["invalid-request"],
});

/** What became of a reported row. */
export const outcomeKinds = ["priced", "unattributed", "waiting", "duplicate", "refused", "changed", "reattributed", "test"] as const;

export const listConversionOutcomes = defineEndpoint({
  id: "listConversionOutcomes",
  at: "api",
  method: "GET",
  path: "/v1/conversions/outcomes",
  tag: "Conversions",
  summary: "What became of reported conversions and changes",
  description: "Oldest first, in the order of work; go on with the last cursor. One row per receipt and a further one for later news.",
  access: "conversions:write",
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(200), after: z.string().max(40).optional() }),
  status: 200,
  answer: z.strictObject({
    rows: z.array(
      z.strictObject({
        cursor: z.string(),
        receipt: z.string(),
        op: z.string(),
        outcome: z.enum(outcomeKinds),
        /** Coded reason of `refused`, `waiting` and `unattributed`. */
        code: z.string().nullable(),
        programme: id("prg"),
        orderId: z.string(),
        event: z.string(),
        category: z.string(),
        changeId: z.string().nullable(),
        conversion: id("cnv").nullable(),
        partner: id("org").nullable(),
        value: moneyAmount().nullable(),
        cost: moneyAmount().nullable(),
        at: instantText(),
      }),
    ),
    /** Pass as `after`; stays the same when there is nothing new. */
    next: z.string(),
    /** Rows that are stored but not worked off yet. */
    pending: integer(),
  }),
  problems: ["invalid-request"],
});

export const transactionsEndpoints = [
  reportConversions,
  changeConversion,
  listConversionOutcomes,
  knownOrders,
  listTransactions,
  transactionSummary,
  getTransaction,
  validateTransactions,
] as const satisfies readonly Endpoint[];
