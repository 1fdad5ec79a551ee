import { money, ok, type PayoutRunId, type Result } from "@biotop/kernel";
import { type Actor, actorOf, type RequestContext, type Route, route } from "@biotop/platform/http";
import {
  type AnswerOf,
  approvePayoutRun as approveEndpoint,
  cancelPayoutRun as cancelEndpoint,
  createPayoutRun as createEndpoint,
  downloadPayoutFile,
  getPayoutRun,
  listPayoutRuns,
  markManualTransferPaid as markPaidEndpoint,
  type Problem,
  previewPayoutRun as previewEndpoint,
} from "@biotop/wire";
import type { BillingDeps } from "../usecases/deps.ts";
import { createPayoutRun, previewPayoutRun } from "../usecases/draft-payout-run.ts";
import { approvePayoutRun, cancelPayoutRun, exportPayoutRun, markManualTransferPaid } from "../usecases/payout-run.ts";
import { readPayables, readRun, readRuns } from "../usecases/reading.ts";
import { partyView, payableView, runDetailView, runView, sumsOf } from "./views.ts";

export function payoutRoutes(deps: BillingDeps): readonly Route[] {
  return [
    route(previewEndpoint, ({ body, ...request }) => preview(deps, request, body)),
    route(createEndpoint, async ({ body, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const created = await createPayoutRun(deps, actor.value, body);
      return created.ok ? answer(deps, actor.value, created.value.id) : created;
    }),
    route(approveEndpoint, async ({ params, body, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const approved = await approvePayoutRun(deps, { ...actor.value, run: params.runId, hash: body.hash });
      return approved.ok ? answer(deps, actor.value, params.runId) : approved;
    }),
    route(cancelEndpoint, async ({ params, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const cancelled = await cancelPayoutRun(deps, { ...actor.value, run: params.runId });
      return cancelled.ok ? answer(deps, actor.value, params.runId) : cancelled;
    }),
    route(downloadPayoutFile, async ({ params, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const file = await exportPayoutRun(deps, { ...actor.value, run: params.runId });
      if (!file.ok) return file;
      const { name, bytes } = file.value;
      return ok({ bytes, fileName: name, mediaType: name.endsWith(".csv") ? "text/csv; charset=utf-8" : "application/xml" });
    }),
    route(markPaidEndpoint, async ({ params, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const paid = await markManualTransferPaid(deps, { ...actor.value, payout: params.payoutId });
      return paid.ok ? answer(deps, actor.value, paid.value) : paid;
    }),
    route(listPayoutRuns, async ({ query, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const { rows, ...around } = await readRuns(deps, { payer: actor.value.org, ...query });
      const page = rows.slice(0, query.limit);
      const next = rows.length > query.limit ? (page.at(-1)?.id ?? null) : null;
      return ok({ rows: page.map((row) => runView(row, around, actor.value.principal)), next });
    }),
    route(getPayoutRun, async ({ params, ...request }) => {
      const actor = actorOf(request);
      return actor.ok ? answer(deps, actor.value, params.runId) : actor;
    }),
  ];
}

type RunDetail = AnswerOf<typeof getPayoutRun>;

async function answer(
  deps: BillingDeps,
  actor: { readonly org: Actor["org"]; readonly principal: Actor },
  run: PayoutRunId,
): Promise<Result<RunDetail, Problem>> {
  const found = await readRun(deps, actor.org, run);
  return found.ok ? ok(runDetailView(found.value, actor.principal)) : found;
}

async function preview(
  deps: BillingDeps,
  request: RequestContext,
  choice: Parameters<typeof previewPayoutRun>[2],
): Promise<Result<AnswerOf<typeof previewEndpoint>, Problem>> {
  const actor = actorOf(request);
  if (!actor.ok) return actor;
  const chosen = await previewPayoutRun(deps, actor.value.org, choice);
  if (!chosen.ok) return chosen;
  const { names } = await readPayables(deps, actor.value.org);
  const { currency, rail, ready, leftOut } = chosen.value;
  const byPayee = Map.groupBy(ready, (each) => each.document.supplier);
  return ok({
    rail,
    total: sumsOf(ready)[0] ?? money(currency, 0n),
    lines: [...byPayee].map(([payee, own]) => ({
      payee: partyView(payee, names),
      amount: sumsOf(own)[0] ?? money(currency, 0n),
      documents: own.map((each) => each.document.number),
    })),
    leftOut: leftOut.map((each) => payableView(each, names)),
  });
}
