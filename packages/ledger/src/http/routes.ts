import { err, isId, type OrgId, ok } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import { type Principal, type Route, route } from "@biotop/platform/http";
import {
  type AnswerOf,
  importRates as importRatesEndpoint,
  listBalances,
  listLedgerEntries,
  listRates as listRatesEndpoint,
  trialBalance as trialBalanceEndpoint,
} from "@biotop/wire";
import { accountLabels } from "../domain/accounts.ts";
import { type Balance, balances, listEntries, listRates, newestRateDate, type StoredEntry, trialBalance } from "../queries.ts";
import { importRates } from "../usecases/exchange-rates.ts";

/** Names of organisations for the screen: a port, because the ledger knows no other context. */
export type OrganisationNames = (ids: readonly OrgId[]) => Promise<ReadonlyMap<OrgId, string>>;

export type LedgerHttp = { readonly db: Database; readonly organisationNames: OrganisationNames };

export function ledgerRoutes(deps: LedgerHttp): readonly Route[] {
  return [balancesRoute(deps), entriesRoute(deps), trialBalanceRoute(deps), importRoute(deps), ratesRoute(deps)];
}

function balancesRoute({ db, organisationNames }: LedgerHttp): Route {
  return route(listBalances, async ({ principal, query }) => {
    const org = orgOf(principal);
    if (!org) return err({ kind: "not-allowed" });
    const rows = await db.inTransaction({ org }, (tx) =>
      balances(tx, {
        owner: org,
        ...(query.code ? { code: query.code } : {}),
        ...(query.counterparty ? { counterparty: query.counterparty } : {}),
        ...(query.currency ? { currency: query.currency } : {}),
      }),
    );
    const names = await organisationNames([
      ...new Set(rows.flatMap((row) => [row.owner, ...(row.counterparty ? [row.counterparty] : [])])),
    ]);
    return ok({ rows: rows.map((row) => balanceView(row, names)) });
  });
}

function balanceView(row: Balance, names: ReadonlyMap<OrgId, string>): AnswerOf<typeof listBalances>["rows"][number] {
  return {
    account: row.id,
    owner: named(row.owner, names),
    counterparty: row.counterparty ? named(row.counterparty, names) : null,
    code: row.code,
    label: accountLabels[row.code],
    balance: { currency: row.currency, minor: row.balanceMinor },
    postings: row.postings,
  };
}

function entriesRoute({ db, organisationNames }: LedgerHttp): Route {
  return route(listLedgerEntries, async ({ principal, query }) => {
    const org = orgOf(principal);
    if (!org) return err({ kind: "not-allowed" });
    const { account, ref, after, limit } = query;
    const found = await db.inTransaction({ org }, (tx) =>
      listEntries(tx, {
        owner: org,
        ...(account ? { account } : {}),
        ...(ref ? { ref } : {}),
        ...(after && isId("ent", after) ? { before: after } : {}),
        limit: limit + 1,
      }),
    );
    const page = found.slice(0, limit);
    const orgs = page.flatMap((entry) =>
      entry.postings.flatMap(({ account: a }) => [a.owner, ...(a.counterparty ? [a.counterparty] : [])]),
    );
    const names = await organisationNames([...new Set(orgs)]);
    return ok({ rows: page.map((entry) => entryView(entry, org, names)), next: found.length > limit ? (page.at(-1)?.id ?? null) : null });
  });
}

function entryView(entry: StoredEntry, org: OrgId, names: ReadonlyMap<OrgId, string>): AnswerOf<typeof listLedgerEntries>["rows"][number] {
  return {
    id: entry.id,
    effectiveAt: entry.effectiveAt,
    cause: entry.cause,
    reverses: entry.reverses ?? null,
    postings: entry.postings
      .filter((posting) => posting.account.owner === org)
      .map(({ accountId, account, amountMinor }) => ({
        account: accountId,
        owner: named(account.owner, names),
        counterparty: account.counterparty ? named(account.counterparty, names) : null,
        code: account.code,
        label: accountLabels[account.code],
        amount: { currency: account.currency, minor: amountMinor },
      })),
  };
}

function trialBalanceRoute({ db }: LedgerHttp): Route {
  return route(trialBalanceEndpoint, async () => {
    const { currencies, accounts } = await db.inTransaction("system", trialBalance);
    return ok({ currencies: [...currencies], accounts: accounts.map((row) => ({ ...row, label: accountLabels[row.code] })) });
  });
}

function importRoute({ db }: LedgerHttp): Route {
  return route(importRatesEndpoint, async ({ body }) => {
    const imported = await db.inTransaction("system", (tx) => importRates(tx, body.csv));
    if (!imported.ok) return imported;
    return ok({ ...imported.value, errors: [...imported.value.errors] });
  });
}

function ratesRoute({ db }: LedgerHttp): Route {
  return route(listRatesEndpoint, async ({ query }) =>
    db.inTransaction("system", async (tx) =>
      ok({
        rows: [...(await listRates(tx, query))],
        newest: (await newestRateDate(tx)) ?? null,
      }),
    ),
  );
}

function orgOf(principal: Principal): OrgId | undefined {
  return principal.kind === "nobody" ? undefined : principal.org;
}

function named(id: OrgId, names: ReadonlyMap<OrgId, string>): { id: OrgId; name: string } {
  return { id, name: names.get(id) ?? id };
}
