import { z } from "zod";
import { fileDownload, id, instantText, localDateText, localText, moneyAmount, pageOf, pageQuery, ppm } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month such as 2026-11");

/** An organisation as it is named on a screen. */
const party = z.strictObject({ id: id("org"), name: z.string() });

export const waitingReasons = [
  "waiting-for-validation",
  "waiting-for-month-end",
  "self-billing-not-agreed",
  "issuer-address-missing",
  "issuer-tax-data-missing",
  "supplier-address-missing",
  "tax-data-missing",
  "vat-status-unknown",
  "vat-id-missing",
  "vat-rule-missing",
  "exchange-rate-missing",
  "negative-balance",
  "below-threshold",
  "bank-account-missing",
  "bank-account-changed",
  "payer-bank-account-missing",
  "on-hold",
  "in-payout-run",
] as const;

/** Why money is not paid yet: the missing thing by its name, in words, and until when where that is known. */
export const waitingReason = z.strictObject({
  kind: z.enum(waitingReasons),
  text: localText(),
  /** Whose move it is. */
  whose: id("org").nullable(),
  until: instantText().nullable(),
});

export const documentSettlements = ["open", "in-payout-run", "paid"] as const;
export const vatCategories = ["S", "E", "AE", "O"] as const;

const documentRow = z.strictObject({
  id: id("doc"),
  number: z.string(),
  kind: z.literal("self-billing-invoice"),
  /** Who pays and in whose name the document is issued. */
  issuer: party,
  /** Who earned: the supplier of the service. */
  supplier: party,
  month: z.string(),
  issuedOn: localDateText(),
  net: moneyAmount(),
  vat: moneyAmount(),
  gross: moneyAmount(),
  settlement: z.enum(documentSettlements),
  paidAt: instantText().nullable(),
});

const documentParty = z.strictObject({
  id: id("org"),
  name: z.string(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
  vatId: z.string().nullable(),
  taxNumber: z.string().nullable(),
});

const documentLine = z.strictObject({
  position: z.int(),
  description: z.string(),
  programme: z.string(),
  /** How many commission lines this position sums up. */
  transactions: z.int(),
  net: moneyAmount(),
  vatCategory: z.enum(vatCategories),
  /** For a correction: the document and position that it takes back in part. */
  corrects: z.strictObject({ document: z.string(), documentId: id("doc"), position: z.int() }).nullable(),
});

export const listDocuments = defineEndpoint({
  id: "listDocuments",
  at: "api",
  method: "GET",
  path: "/v1/documents",
  tag: "billing",
  summary: "Self-billing invoices that the organisation issues or receives",
  access: "billing:read",
  query: z.strictObject({
    ...pageQuery,
    side: z.enum(["issued", "received"]).optional(),
    counterparty: id("org").optional(),
    month: month.optional(),
    settlement: z.enum(documentSettlements).optional(),
  }),
  status: 200,
  answer: pageOf(documentRow),
  problems: ["not-signed-in", "not-allowed", "invalid-request"],
});

export const getDocument = defineEndpoint({
  id: "getDocument",
  at: "api",
  method: "GET",
  path: "/v1/documents/{documentId}",
  tag: "billing",
  summary: "A document with its positions, VAT and hashes",
  access: "billing:read",
  params: z.strictObject({ documentId: id("doc") }),
  status: 200,
  answer: z.strictObject({
    ...documentRow.shape,
    issuerDetails: documentParty,
    supplierDetails: documentParty,
    lines: z.array(documentLine),
    vatBreakdown: z.array(
      z.strictObject({ category: z.enum(vatCategories), ratePpm: ppm(), base: moneyAmount(), vat: moneyAmount(), reason: z.string() }),
    ),
    /** VAT in the issuer's accounting currency, where the document has another one. */
    vatInAccountingCurrency: moneyAmount().nullable(),
    notes: z.array(z.string()),
    files: z.array(z.strictObject({ format: z.enum(["pdf", "xml"]), sha256: z.string(), bytes: z.int() })),
    waiting: z.array(waitingReason),
    payoutRun: id("run").nullable(),
  }),
  problems: ["not-signed-in", "not-allowed", "not-found"],
});

export const holdDocument = defineEndpoint({
  id: "holdDocument",
  at: "api",
  method: "PUT",
  path: "/v1/documents/{documentId}/hold",
  tag: "billing",
  summary: "Holds an unpaid document back from payouts, or lets it go (reason null)",
  access: "billing:write",
  params: z.strictObject({ documentId: id("doc") }),
  body: z.strictObject({ reason: z.string().min(1).max(300).nullable() }),
  status: 204,
  answer: z.undefined(),
  problems: ["not-signed-in", "not-allowed", "not-found", "invalid-request", "document-not-payable"],
});

export const downloadDocument = defineEndpoint({
  id: "downloadDocument",
  at: "api",
  method: "GET",
  path: "/v1/documents/{documentId}/files/{format}",
  tag: "billing",
  summary: "The archived file of a document: PDF, or CII XML of EN 16931",
  access: "billing:read",
  params: z.strictObject({ documentId: id("doc"), format: z.enum(["pdf", "xml"]) }),
  status: 200,
  answer: fileDownload(),
  mediaType: "application/octet-stream",
  problems: ["not-signed-in", "not-allowed", "not-found"],
});

export const listWaitingStatements = defineEndpoint({
  id: "listWaitingStatements",
  at: "api",
  method: "GET",
  path: "/v1/documents/waiting",
  tag: "billing",
  summary: "Approved amounts of closed months without a document yet, each with what is missing",
  access: "billing:read",
  status: 200,
  answer: z.strictObject({
    rows: z.array(
      z.strictObject({
        issuer: party,
        supplier: party,
        since: month,
        net: moneyAmount(),
        transactions: z.int(),
        reasons: z.array(waitingReason),
      }),
    ),
  }),
  problems: ["not-signed-in", "not-allowed"],
});

const payable = z.strictObject({
  document: id("doc"),
  number: z.string(),
  payee: party,
  issuedOn: localDateText(),
  gross: moneyAmount(),
  rail: z.enum(["sepa", "manual"]),
  isReady: z.boolean(),
  waiting: z.array(waitingReason),
});

export const listPayables = defineEndpoint({
  id: "listPayables",
  at: "api",
  method: "GET",
  path: "/v1/payables",
  tag: "billing",
  summary: "Unpaid documents of the paying organisation, each ready or with what is missing",
  access: "billing:read",
  status: 200,
  answer: z.strictObject({ rows: z.array(payable), ready: z.array(moneyAmount()), waiting: z.array(moneyAmount()) }),
  problems: ["not-signed-in", "not-allowed"],
});

export const payoutRunStates = ["draft", "approved", "exported", "completed", "cancelled"] as const;
export const payoutRails = ["sepa", "manual"] as const;

const actorName = z.strictObject({ id: z.string(), name: z.string() });

const payoutRunRow = z.strictObject({
  id: id("run"),
  state: z.enum(payoutRunStates),
  rail: z.enum(payoutRails),
  payer: party,
  total: moneyAmount(),
  payouts: z.int(),
  createdAt: instantText(),
  createdBy: actorName.nullable(),
  /** True when the month end prepared it; any one person may then approve. */
  isPreparedBySystem: z.boolean(),
  approvedAt: instantText().nullable(),
  approvedBy: actorName.nullable(),
  /** One person made and approved it: allowed in an organisation of one member, shown to those who are paid. */
  isApprovedAlone: z.boolean(),
  exportedAt: instantText().nullable(),
  can: z.strictObject({ approve: z.boolean(), cancel: z.boolean(), download: z.boolean(), markPaid: z.boolean() }),
});

const payoutRow = z.strictObject({
  id: id("pay"),
  payee: party,
  amount: moneyAmount(),
  accountHolder: z.string(),
  account: z.string(),
  reference: z.string(),
  documents: z.array(z.strictObject({ id: id("doc"), number: z.string(), gross: moneyAmount() })),
  paidAt: instantText().nullable(),
});

const payoutRunDetail = z.strictObject({ ...payoutRunRow.shape, hash: z.string(), lines: z.array(payoutRow) });

const payoutRunChoice = z.strictObject({
  currency: z.string().length(3).default("EUR"),
  rail: z.enum(payoutRails).optional(),
  /** Only these documents; otherwise all that are ready. */
  documents: z.array(id("doc")).min(1).max(1000).optional(),
});

const runParams = z.strictObject({ runId: id("run") });

export const previewPayoutRun = defineEndpoint({
  id: "previewPayoutRun",
  at: "api",
  method: "POST",
  path: "/v1/payout-runs/preview",
  tag: "billing",
  summary: "What a payout run would pay now, and what it would leave out and why",
  access: "billing:read",
  body: payoutRunChoice,
  status: 200,
  answer: z.strictObject({
    rail: z.enum(payoutRails),
    total: moneyAmount(),
    lines: z.array(z.strictObject({ payee: party, amount: moneyAmount(), documents: z.array(z.string()) })),
    leftOut: z.array(payable),
  }),
  problems: ["not-signed-in", "not-allowed", "invalid-request", "rail-not-for-currency"],
});

export const createPayoutRun = defineEndpoint({
  id: "createPayoutRun",
  at: "api",
  method: "POST",
  path: "/v1/payout-runs",
  tag: "billing",
  summary: "Drafts a payout run with fixed lines; somebody else approves it",
  access: "billing:write",
  body: payoutRunChoice,
  status: 201,
  answer: payoutRunDetail,
  problems: [
    "not-signed-in",
    "not-allowed",
    "invalid-request",
    "nothing-to-pay",
    "document-not-payable",
    "payer-bank-account-missing",
    "rail-not-for-currency",
  ],
});

export const approvePayoutRun = defineEndpoint({
  id: "approvePayoutRun",
  at: "api",
  method: "POST",
  path: "/v1/payout-runs/{runId}/approve",
  tag: "billing",
  summary: "Approves exactly the lines behind the hash; not by who made the run",
  description:
    "Maker and checker differ. Only in an organisation with one member that member may approve alone with a fresh second factor; this is recorded and shown to the payees.",
  access: "payouts:approve",
  params: runParams,
  body: z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/, "the run's SHA-256 hash") }),
  status: 200,
  answer: payoutRunDetail,
  problems: [
    "not-signed-in",
    "not-allowed",
    "not-found",
    "fresh-sign-in-needed",
    "maker-cannot-approve",
    "payout-run-changed",
    "payout-run-not-open",
  ],
});

export const cancelPayoutRun = defineEndpoint({
  id: "cancelPayoutRun",
  at: "api",
  method: "POST",
  path: "/v1/payout-runs/{runId}/cancel",
  tag: "billing",
  summary: "Cancels a run that was not exported; its documents are payable again",
  access: "billing:write",
  params: runParams,
  status: 200,
  answer: payoutRunDetail,
  problems: ["not-signed-in", "not-allowed", "not-found", "payout-run-not-open"],
});

export const listPayoutRuns = defineEndpoint({
  id: "listPayoutRuns",
  at: "api",
  method: "GET",
  path: "/v1/payout-runs",
  tag: "billing",
  summary: "Payout runs of the paying organisation, newest first",
  access: "billing:read",
  query: z.strictObject({ ...pageQuery, state: z.enum(payoutRunStates).optional() }),
  status: 200,
  answer: pageOf(payoutRunRow),
  problems: ["not-signed-in", "not-allowed", "invalid-request"],
});

export const getPayoutRun = defineEndpoint({
  id: "getPayoutRun",
  at: "api",
  method: "GET",
  path: "/v1/payout-runs/{runId}",
  tag: "billing",
  summary: "A payout run with its payouts",
  access: "billing:read",
  params: runParams,
  status: 200,
  answer: payoutRunDetail,
  problems: ["not-signed-in", "not-allowed", "not-found"],
});

export const downloadPayoutFile = defineEndpoint({
  id: "downloadPayoutFile",
  at: "api",
  method: "POST",
  path: "/v1/payout-runs/{runId}/file",
  tag: "billing",
  summary: "Hands over the bank file (pain.001.001.09) or the list of manual transfers",
  description: "The first call exports the run: a bank file's documents count as paid. Every later call answers the same bytes.",
  access: "billing:write",
  params: runParams,
  status: 200,
  answer: fileDownload(),
  mediaType: "application/octet-stream",
  problems: ["not-signed-in", "not-allowed", "not-found", "payout-run-not-approved"],
});

export const markManualTransferPaid = defineEndpoint({
  id: "markManualTransferPaid",
  at: "api",
  method: "POST",
  path: "/v1/payouts/{payoutId}/paid",
  tag: "billing",
  summary: "Records that a manual transfer was made; safe to repeat",
  access: "billing:write",
  params: z.strictObject({ payoutId: id("pay") }),
  status: 200,
  answer: payoutRunDetail,
  problems: ["not-signed-in", "not-allowed", "not-found", "payout-run-not-approved", "payout-not-manual"],
});

const earning = z.strictObject({
  payer: party,
  state: z.enum(["open", "approved", "payable"]),
  amount: moneyAmount(),
  document: z.strictObject({ id: id("doc"), number: z.string() }).nullable(),
  /** When this is expected to be paid if nothing is missing; unknown while something is. */
  expectedOn: localDateText().nullable(),
  waiting: z.array(waitingReason),
});

export const getEarnings = defineEndpoint({
  id: "getEarnings",
  at: "api",
  method: "GET",
  path: "/v1/earnings",
  tag: "billing",
  summary: "What the organisation earned: open, approved, payable, paid, and why it is not paid yet",
  access: "billing:read",
  status: 200,
  answer: z.strictObject({
    /** Open and approved are net commissions; payable and paid are documents' gross amounts. */
    totals: z.array(z.strictObject({ open: moneyAmount(), approved: moneyAmount(), payable: moneyAmount(), paid: moneyAmount() })),
    rows: z.array(earning),
    payouts: z.array(
      z.strictObject({
        id: id("pay"),
        payer: party,
        amount: moneyAmount(),
        paidAt: instantText(),
        documents: z.array(z.strictObject({ id: id("doc"), number: z.string() })),
        isApprovedAlone: z.boolean(),
      }),
    ),
  }),
  problems: ["not-signed-in", "not-allowed"],
});

const payoutSettings = z.strictObject({
  /** Whether a draft run is prepared one hour after each month end; approving stays with people. */
  autoPrepareRun: z.boolean(),
});

export const getPayoutSettings = defineEndpoint({
  id: "getPayoutSettings",
  at: "api",
  method: "GET",
  path: "/v1/payout-settings",
  tag: "billing",
  summary: "How the organisation pays",
  access: "billing:read",
  status: 200,
  answer: payoutSettings,
  problems: ["not-signed-in", "not-allowed"],
});

export const putPayoutSettings = defineEndpoint({
  id: "putPayoutSettings",
  at: "api",
  method: "PUT",
  path: "/v1/payout-settings",
  tag: "billing",
  summary: "Changes how the organisation pays",
  access: "billing:write",
  body: payoutSettings,
  status: 200,
  answer: payoutSettings,
  problems: ["not-signed-in", "not-allowed", "invalid-request"],
});

export const billingEndpoints = [
  listDocuments,
  listWaitingStatements,
  getDocument,
  holdDocument,
  downloadDocument,
  listPayables,
  previewPayoutRun,
  createPayoutRun,
  approvePayoutRun,
  cancelPayoutRun,
  listPayoutRuns,
  getPayoutRun,
  downloadPayoutFile,
  markManualTransferPaid,
  getEarnings,
  getPayoutSettings,
  putPayoutSettings,
] as const satisfies readonly Endpoint[];
