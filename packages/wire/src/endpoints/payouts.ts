import { z } from "zod";
import { fileDownload, id, instantText, localDateText, moneyAmount, pageOf, pageQuery } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { organisationName, waitingReason } from "./billing.ts";

const payable = z.strictObject({
  document: id("doc"),
  number: z.string(),
  payee: organisationName,
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
  payer: organisationName,
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
  payee: organisationName,
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
    lines: z.array(z.strictObject({ payee: organisationName, amount: moneyAmount(), documents: z.array(z.string()) })),
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

export const payoutEndpoints = [
  listPayables,
  previewPayoutRun,
  createPayoutRun,
  approvePayoutRun,
  cancelPayoutRun,
  listPayoutRuns,
  getPayoutRun,
  downloadPayoutFile,
  markManualTransferPaid,
  getPayoutSettings,
  putPayoutSettings,
] as const satisfies readonly Endpoint[];
