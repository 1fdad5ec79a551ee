import { z } from "zod";
import { fileDownload, id, instantText, localDateText, localText, moneyAmount, pageOf, pageQuery, ppm } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "a month such as 2026-11");

/** An organisation as a screen names it. */
export const organisationName = z.strictObject({ id: id("org"), name: z.string() });

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
  "currency-not-billable",
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
  issuer: organisationName,
  /** Who earned: the supplier of the service. */
  supplier: organisationName,
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
        issuer: organisationName,
        supplier: organisationName,
        since: month,
        net: moneyAmount(),
        transactions: z.int(),
        reasons: z.array(waitingReason),
      }),
    ),
  }),
  problems: ["not-signed-in", "not-allowed"],
});

const earning = z.strictObject({
  payer: organisationName,
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
        payer: organisationName,
        amount: moneyAmount(),
        paidAt: instantText(),
        documents: z.array(z.strictObject({ id: id("doc"), number: z.string() })),
        isApprovedAlone: z.boolean(),
      }),
    ),
  }),
  problems: ["not-signed-in", "not-allowed"],
});

export const billingEndpoints = [
  listDocuments,
  listWaitingStatements,
  getDocument,
  holdDocument,
  downloadDocument,
  getEarnings,
] as const satisfies readonly Endpoint[];
