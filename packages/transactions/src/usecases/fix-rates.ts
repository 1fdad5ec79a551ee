import { needsRate } from "@biotop/contracts";
import { type Currency, type LocalDate, localDate, type Rate } from "@biotop/kernel";
import { type RateUnknown, type ReferenceRate, ratesFor } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import type { Report } from "../domain/conversion.ts";
import type { PricingVersion } from "./pricing-version.ts";

export type RateAsked = { readonly report: Report; readonly version: PricingVersion };
export type FixedRate = { readonly rate: Rate; readonly rateDate: LocalDate | undefined } | { readonly unknown: RateUnknown["unknown"] };

const oneToOne: FixedRate = { rate: { numerator: 1n, denominator: 1n }, rateDate: undefined };

/** The rates of a batch, by the calendar day of each order in its contract's time zone: one look-up for each pair of currencies. */
export async function fixRates(tx: Tx, asked: readonly RateAsked[]): Promise<readonly FixedRate[]> {
  const byPair = new Map<string, { from: Currency; to: Currency; dates: Set<LocalDate> }>();
  const wanted = asked.map(({ report, version }) => {
    if (!needsRate({ event: report.event, currency: report.currency }, version.terms)) return undefined;
    const date = localDate(report.occurredAt, version.terms.timeZone);
    const pair = `${report.currency} ${version.terms.currency}`;
    const known = byPair.get(pair) ?? { from: report.currency, to: version.terms.currency, dates: new Set<LocalDate>() };
    known.dates.add(date);
    byPair.set(pair, known);
    return { pair, date };
  });
  const rates = new Map<string, ReadonlyMap<LocalDate, ReferenceRate | RateUnknown>>();
  for (const [pair, { from, to, dates }] of byPair) rates.set(pair, await ratesFor(tx, [...dates], from, to));
  return wanted.map((each): FixedRate => {
    if (!each) return oneToOne;
    const found = rates.get(each.pair)?.get(each.date) ?? { unknown: "rates-not-imported" };
    return "unknown" in found ? found : { rate: found.rate, rateDate: found.rateDate };
  });
}
