import { addCalendarDays, type Currency, chain, invert, type LocalDate, parseRate, present, type Rate } from "@biotop/kernel";
import { rateDayUpTo } from "./business-day.ts";

/** How far back the latest earlier rate may lie. */
export const rateAgeDaysMax = 10;

export type ReferenceRate = { readonly rate: Rate; readonly rateDate: LocalDate; readonly source: string };
/** Why there is no rate: the day's rates are not imported yet, or the currency has none near the day. */
export type RateUnknown = { readonly unknown: "rates-not-imported" | "currency-without-rate" };

export type PublishedRate = { readonly date: LocalDate; readonly currency: Currency; readonly perEuro: string; readonly source: string };

/** What is published near a day: rates by currency and date, and up to which day the table is complete. */
export type PublishedRates = {
  readonly newest: LocalDate | undefined;
  readonly perEuro: (currency: Currency, date: LocalDate) => PublishedRate | undefined;
};

const euro = "EUR";
const one: Rate = { numerator: 1n, denominator: 1n };

/**
 * The reference rate of a calendar day: units of `to` for one unit of `from`, crossed over the euro as exact fractions.
 * A day without publication takes the latest earlier one; a day whose rates may still come has none yet.
 */
export function referenceRate(published: PublishedRates, date: LocalDate, from: Currency, to: Currency): ReferenceRate | RateUnknown {
  if (from === to) return { rate: one, rateDate: date, source: "identity" };
  if (!published.newest || published.newest < rateDayUpTo(date)) return { unknown: "rates-not-imported" };
  for (let back = 0; back <= rateAgeDaysMax; back += 1) {
    const day = addCalendarDays(date, -back);
    const base = from === euro ? undefined : published.perEuro(from, day);
    const quote = to === euro ? undefined : published.perEuro(to, day);
    if ((from !== euro && !base) || (to !== euro && !quote)) continue;
    const toEuro = base ? invert(exact(base)) : one;
    const fromEuro = quote ? exact(quote) : one;
    return { rate: chain(toEuro, fromEuro), rateDate: day, source: (base ?? quote)?.source ?? "identity" };
  }
  return { unknown: "currency-without-rate" };
}

/** Stored decimals carry trailing zeros; the exact fraction is the same. */
function exact({ perEuro }: PublishedRate): Rate {
  const shortest = perEuro.includes(".") ? perEuro.replace(/0+$/, "").replace(/\.$/, "") : perEuro;
  return present(parseRate(shortest), "a stored rate is a positive decimal");
}
