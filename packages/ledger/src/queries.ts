import type { AccountId, Currency, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { AccountCode } from "./domain/accounts.ts";

export { listRates, newestRateDate } from "./db/rates.ts";
export { type EntryFilter, entriesByRef, listEntries, type StoredEntry, type StoredPosting } from "./db/reading.ts";

export type BalanceFilter = {
  readonly owner?: OrgId;
  readonly code?: string;
  readonly counterparty?: OrgId;
  readonly currency?: Currency;
};

export type Balance = {
  readonly id: AccountId;
  readonly owner: OrgId;
  readonly code: AccountCode;
  readonly counterparty?: OrgId;
  readonly currency: Currency;
  /** Debit is positive. */
  readonly balanceMinor: bigint;
  readonly postings: bigint;
};

export async function balances(tx: Tx, filter: BalanceFilter): Promise<readonly Balance[]> {
  const { rows } = await tx.query<Omit<Balance, "counterparty"> & { counterparty: OrgId | "" }>(
    `select id, owner_org as owner, code, counterparty_org as counterparty, currency, balance_minor as "balanceMinor", postings
     from ledger.account
     where ($1::text is null or owner_org = $1) and ($2::text is null or code = $2)
       and ($3::text is null or counterparty_org = $3) and ($4::text is null or currency = $4)
     order by owner_org, code, counterparty_org, currency limit 10000`,
    [filter.owner ?? null, filter.code ?? null, filter.counterparty ?? null, filter.currency ?? null],
  );
  return rows.map(({ counterparty, ...rest }) => (counterparty === "" ? rest : { ...rest, counterparty }));
}

/** Alias of the word that neighbours use: the entries of a cause. */
export { entriesByRef as entriesOf } from "./db/reading.ts";

export type TrialBalance = {
  readonly currencies: readonly {
    readonly currency: Currency;
    readonly debitMinor: bigint;
    readonly creditMinor: bigint;
    readonly differenceMinor: bigint;
    readonly entries: bigint;
    readonly postings: bigint;
  }[];
  readonly accounts: readonly { readonly code: AccountCode; readonly currency: Currency; readonly balanceMinor: bigint }[];
};

/** Sums over everything that the scope may see; the difference is zero or the ledger is broken. */
export async function trialBalance(tx: Tx): Promise<TrialBalance> {
  const { rows: currencies } = await tx.query<TrialBalance["currencies"][number]>(
    `select currency, coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::bigint as "debitMinor",
       coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0)::bigint as "creditMinor",
       sum(amount_minor)::bigint as "differenceMinor", count(distinct entry_id) as entries, count(*) as postings
     from ledger.posting group by currency order by currency`,
  );
  const { rows: accounts } = await tx.query<TrialBalance["accounts"][number]>(
    `select code, currency, sum(balance_minor)::bigint as "balanceMinor" from ledger.account group by code, currency order by code, currency`,
  );
  return { currencies, accounts };
}
