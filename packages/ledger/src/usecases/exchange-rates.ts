import { type Currency, type LocalDate, ok, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { publish } from "@biotop/platform/outbox";
import { differingRates, insertRates, newestRateDate, publishedRates } from "../db/rates.ts";
import { parseRatesCsv, type RateRowError, type RatesNotReadable } from "../domain/rates-csv.ts";
import { type RateUnknown, type ReferenceRate, referenceRate } from "../domain/reference-rate.ts";
import type { RatesImported } from "../events.ts";

export type RateImport = {
  readonly added: number;
  readonly known: number;
  readonly days: number;
  readonly errors: readonly RateRowError[];
};

/** Imports the central bank's file; a second import of the same rows adds nothing, a published rate is never changed. */
export async function importRates(tx: Tx, csvText: string, source = "ECB"): Promise<Result<RateImport, RatesNotReadable>> {
  const table = parseRatesCsv(csvText);
  if (!table.ok) return table;
  const { rates, days, errors } = table.value;
  const added = await insertRates(tx, rates, source);
  const differing = added === rates.length ? [] : await differingRates(tx, rates);
  const newest = await newestRateDate(tx);
  if (added > 0 && newest) {
    const event: RatesImported = { type: "rates.imported", newest, added };
    await publish(tx, event);
  }
  const changed = differing.map((row) => ({
    row: 0,
    column: row.currency,
    code: "differs-from-stored",
    detail: `${row.date}: ${row.stored} is stored and stays`,
  }));
  return ok({ added, known: rates.length - added - differing.length, days, errors: [...errors, ...changed] });
}

/** The rate of each calendar day for one pair of currencies, or why there is none. */
export async function ratesFor(
  tx: Tx,
  dates: readonly LocalDate[],
  from: Currency,
  to: Currency,
): Promise<ReadonlyMap<LocalDate, ReferenceRate | RateUnknown>> {
  const distinct = [...new Set(dates)];
  const published = from === to ? { newest: undefined, perEuro: () => undefined } : await publishedRates(tx, distinct, [from, to]);
  return new Map(distinct.map((date) => [date, referenceRate(published, date, from, to)]));
}
