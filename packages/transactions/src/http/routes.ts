import { err, type OrgId, ok } from "@biotop/kernel";
import { actorOf, type Route, route } from "@biotop/platform/http";
import {
  getTransaction,
  knownOrders,
  listConversionOutcomes,
  listTransactions,
  transactionSummary,
  validateTransactions as validateEndpoint,
} from "@biotop/wire";
import type { TransactionsDeps } from "../ports.ts";
import type { VersionCache } from "../usecases/pricing-version.ts";
import { readKnownOrders, readOutcomes, readTransaction, readTransactions, type StoredOutcome } from "../usecases/read-transactions.ts";
import { validateTransactions } from "../usecases/validate.ts";
import { reasonText } from "./reasons.ts";
import { summaryView } from "./summary.ts";
import { detailViews, organisationsIn } from "./transaction-details.ts";
import { placeOf, placeText, transactionView } from "./views.ts";

export function transactionsRoutes(deps: TransactionsDeps, versions: VersionCache): readonly Route[] {
  return [
    outcomesRoute(deps),
    knownOrdersRoute(deps),
    listRoute(deps),
    summaryRoute(deps),
    detailRoute(deps),
    validateRoute(deps, versions),
  ];
}

function outcomesRoute(deps: TransactionsDeps): Route {
  return route(listConversionOutcomes, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    const { org } = actor.value;
    const { limit, after } = input.query;
    const from = after === undefined ? 0n : /^\d{1,18}$/.test(after) ? BigInt(after) : undefined;
    if (from === undefined)
      return err({ kind: "invalid-request", errors: [{ pointer: "?after", code: "cursor", detail: "a cursor of an earlier answer" }] });
    const { rows, pending } = await readOutcomes(deps, org, from, limit);
    return ok({ rows: rows.map(outcomeView), next: String(rows.at(-1)?.position ?? from), pending });
  });
}

function outcomeView(row: StoredOutcome) {
  const { position, currency, valueMinor, costCurrency, costMinor, ...rest } = row;
  return {
    ...rest,
    cursor: String(position),
    value: currency === null || valueMinor === null ? null : { currency, minor: valueMinor },
    cost: costCurrency === null || costMinor === null ? null : { currency: costCurrency, minor: costMinor },
  };
}

function knownOrdersRoute(deps: TransactionsDeps): Route {
  return route(knownOrders, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    return ok({ known: [...(await readKnownOrders(deps, actor.value.org, input.body))] });
  });
}

function listRoute(deps: TransactionsDeps): Route {
  return route(listTransactions, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    const { org, principal } = actor.value;
    const { limit, after, ...filter } = input.query;
    const { rows: found, programmes } = await readTransactions(deps, org, filter, { after: placeOf(after), limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const names = await deps.organisationNames(organisations(page));
    return ok({
      rows: page.map((row) => transactionView(row, principal, names, programmes)),
      next: found.length > limit && last ? placeText(last) : null,
    });
  });
}

function organisations(rows: readonly { readonly org_id: OrgId; readonly partner_id: OrgId | null }[]): readonly OrgId[] {
  return [...new Set(rows.flatMap((row) => [row.org_id, ...(row.partner_id ? [row.partner_id] : [])]))];
}

function summaryRoute({ db }: TransactionsDeps): Route {
  return route(transactionSummary, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    const { org } = actor.value;
    return db.inTransaction({ org }, async (tx) => ok(await summaryView(tx, org, input.query)));
  });
}

function detailRoute(deps: TransactionsDeps): Route {
  return route(getTransaction, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    const { org, principal } = actor.value;
    const loaded = await readTransaction(deps, org, input.params.transactionId);
    if (!loaded) return err({ kind: "not-found" });
    const { row, programmes, details } = loaded;
    const names = await deps.organisationNames([...new Set([...organisations([row]), ...organisationsIn(details)])]);
    const seesCost = row.org_id === org || row.payer_org === org;
    return ok({ ...transactionView(row, principal, names, programmes), ...detailViews(details, names, seesCost) });
  });
}

function validateRoute(deps: TransactionsDeps, versions: VersionCache): Route {
  return route(validateEndpoint, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    const { ids, filter, decision, reason } = input.body;
    const done = await validateTransactions(deps, versions, { principal: actor.value.principal, ids, filter, decision, reason });
    if (!done.ok) return done;
    const { changed, refused } = done.value;
    return ok({ changed, refused: refused.map(({ id, code }) => ({ id, code, text: refusalText(code) })) });
  });
}

function refusalText(code: string) {
  const texts: Readonly<Record<string, { de: string; en: string }>> = {
    "not-found": { de: "nicht gefunden", en: "not found" },
    "reason-not-agreed": { de: "Dieser Grund ist im Vertrag nicht vereinbart.", en: "The contract does not name this reason." },
    "already-approved": { de: "bereits freigegeben", en: "approved already" },
    "already-adjusted": { de: "bereits freigegeben", en: "approved already" },
    "already-declined": { de: "bereits abgelehnt", en: "declined already" },
    "already-held": { de: "zurückgestellt", en: "on hold" },
    "already-open": { de: "ist offen", en: "is open" },
  };
  return texts[code] ?? reasonText(code);
}
