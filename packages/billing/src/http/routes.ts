import { money, ok, type Result } from "@biotop/kernel";
import { actorOf, type RequestContext, type Route, route } from "@biotop/platform/http";
import {
  type AnswerOf,
  downloadDocument,
  getDocument,
  getEarnings,
  getPayoutSettings,
  holdDocument as holdDocumentEndpoint,
  listDocuments,
  listPayables,
  listWaitingStatements,
  type Problem,
  putPayoutSettings,
} from "@biotop/wire";
import type { BillingDeps } from "../usecases/deps.ts";
import { earningsOf } from "../usecases/earnings.ts";
import { holdDocument } from "../usecases/hold-document.ts";
import {
  readDocument,
  readDocumentFile,
  readDocuments,
  readPayables,
  readSettings,
  readWaiting,
  saveSettings,
} from "../usecases/reading.ts";
import { payoutRoutes } from "./payout-routes.ts";
import { documentDetailView, documentView, partyView, payableView, sumsOf } from "./views.ts";

export function billingRoutes(deps: BillingDeps): readonly Route[] {
  return [...documentRoutes(deps), ...moneyRoutes(deps), ...payoutRoutes(deps)];
}

function documentRoutes(deps: BillingDeps): readonly Route[] {
  return [
    route(listDocuments, async ({ query, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const { rows, names } = await readDocuments(deps, { org: actor.value.org, ...query });
      const page = rows.slice(0, query.limit);
      const next = rows.length > query.limit ? (page.at(-1)?.id ?? null) : null;
      return ok({ rows: page.map((row) => documentView(row, names)), next });
    }),
    route(getDocument, async ({ params, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const found = await readDocument(deps, actor.value.org, params.documentId);
      return found.ok ? ok(documentDetailView(found.value)) : found;
    }),
    route(downloadDocument, async ({ params, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const file = await readDocumentFile(deps, actor.value.org, params.documentId, params.format);
      if (!file.ok) return file;
      const mediaType = params.format === "pdf" ? "application/pdf" : "application/xml";
      return ok({ bytes: file.value.bytes, fileName: `${file.value.number}.${params.format}`, mediaType });
    }),
    route(holdDocumentEndpoint, async ({ params, body, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const held = await holdDocument(deps, { ...actor.value, document: params.documentId, reason: body.reason });
      return held.ok ? ok(undefined) : held;
    }),
  ];
}

function moneyRoutes(deps: BillingDeps): readonly Route[] {
  return [
    route(listWaitingStatements, async (request) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const { rows, names } = await readWaiting(deps, actor.value.org);
      return ok({
        rows: rows.map((row) => ({
          issuer: partyView(row.payer, names),
          supplier: partyView(row.payee, names),
          since: row.since,
          net: money(row.currency, row.netMinor),
          transactions: row.transactions,
          reasons: [...row.reasons],
        })),
      });
    }),
    route(listPayables, async (request) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const { rows, names } = await readPayables(deps, actor.value.org);
      const isReady = (row: (typeof rows)[number]) => row.waiting.length === 0;
      return ok({
        rows: rows.map((row) => payableView(row, names)),
        ready: sumsOf(rows.filter(isReady)),
        waiting: sumsOf(rows.filter((row) => !isReady(row))),
      });
    }),
    route(getEarnings, (request) => earningsAnswer(deps, request)),
    route(getPayoutSettings, async (request) => {
      const actor = actorOf(request);
      return actor.ok ? ok(await readSettings(deps, actor.value.org)) : actor;
    }),
    route(putPayoutSettings, async ({ body, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      await saveSettings(deps, actor.value.org, body);
      return ok(body);
    }),
  ];
}

async function earningsAnswer(deps: BillingDeps, request: RequestContext): Promise<Result<AnswerOf<typeof getEarnings>, Problem>> {
  const actor = actorOf(request);
  if (!actor.ok) return actor;
  const { org } = actor.value;
  const earnings = await earningsOf(deps, org);
  const payers = earnings.names;
  return ok({
    totals: [...earnings.totals],
    rows: earnings.rows.map((row) => ({ ...row, payer: partyView(row.payer, payers), waiting: [...row.waiting] })),
    payouts: earnings.payouts.map(({ payer, currency, amountMinor, documents, ...payout }) => ({
      ...payout,
      payer: partyView(payer, payers),
      amount: money(currency, amountMinor),
      documents: [...documents],
    })),
  });
}
