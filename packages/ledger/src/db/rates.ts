import { addCalendarDays, type Currency, type LocalDate } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { RateRow } from "../domain/rates-csv.ts";
import { type PublishedRate, type PublishedRates, rateAgeDaysMax } from "../domain/reference-rate.ts";

const rowsPerStatement = 5_000;

/** Stores rates that are not known yet; answers how many were new. */
export async function insertRates(tx: Tx, rates: readonly RateRow[], source: string): Promise<number> {
  let added = 0;
  for (let start = 0; start < rates.length; start += rowsPerStatement) {
    const part = rates.slice(start, start + rowsPerStatement);
    const { rowCount } = await tx.query(
      `insert into ledger.exchange_rate (date, currency, per_euro, source)
       select r.date, r.currency, r.per_euro, $4 from unnest($1::date[], $2::text[], $3::numeric[]) as r(date, currency, per_euro)
       on conflict (date, currency) do nothing`,
      [part.map((row) => row.date), part.map((row) => row.currency), part.map((row) => row.perEuro), source],
      "ledger-insert-rates",
    );
    added += rowCount ?? 0;
  }
  return added;
}

/** Known days whose published value differs from a new file's: the stored one stays, the difference is named. */
export async function differingRates(
  tx: Tx,
  rates: readonly RateRow[],
): Promise<readonly { date: LocalDate; currency: string; stored: string }[]> {
  const differing: { date: LocalDate; currency: string; stored: string }[] = [];
  for (let start = 0; start < rates.length && differing.length < 100; start += rowsPerStatement) {
    const part = rates.slice(start, start + rowsPerStatement);
    const { rows } = await tx.query<{ date: LocalDate; currency: string; stored: string }>(
      `select e.date, e.currency, e.per_euro as stored
       from unnest($1::date[], $2::text[], $3::numeric[]) as r(date, currency, per_euro)
       join ledger.exchange_rate e on e.date = r.date and e.currency = r.currency and e.per_euro <> r.per_euro limit 100`,
      [part.map((row) => row.date), part.map((row) => row.currency), part.map((row) => row.perEuro)],
    );
    differing.push(...rows);
  }
  return differing;
}

export async function publishedRates(tx: Tx, dates: readonly LocalDate[], currencies: readonly Currency[]): Promise<PublishedRates> {
  const sorted = [...dates].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) return { newest: undefined, perEuro: () => undefined };
  const { rows } = await tx.query<PublishedRate & { newest: LocalDate }>(
    `select r.date, r.currency, r.per_euro as "perEuro", r.source from ledger.exchange_rate r
     where r.currency = any($1) and r.date between $2 and $3`,
    [currencies, addCalendarDays(first, -rateAgeDaysMax), last],
    "ledger-rates-between",
  );
  const found = new Map(rows.map((row) => [`${row.currency}${row.date}`, row]));
  return { newest: await newestRateDate(tx), perEuro: (currency, date) => found.get(`${currency}${date}`) };
}

export async function newestRateDate(tx: Tx): Promise<LocalDate | undefined> {
  const { rows } = await tx.query<{ newest: LocalDate | null }>(
    "select max(date) as newest from ledger.exchange_rate",
    [],
    "ledger-newest-rate",
  );
  return rows[0]?.newest ?? undefined;
}

export async function listRates(
  tx: Tx,
  filter: { readonly currency?: Currency | undefined; readonly to?: LocalDate | undefined; readonly limit: number },
): Promise<readonly PublishedRate[]> {
  const { rows } = await tx.query<PublishedRate>(
    `select date, currency, trim_scale(per_euro)::text as "perEuro", source from ledger.exchange_rate
     where ($1::text is null or currency = $1) and ($2::date is null or date <= $2) order by date desc, currency limit $3`,
    [filter.currency ?? null, filter.to ?? null, filter.limit],
  );
  return rows;
}
