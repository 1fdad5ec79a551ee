import { type Instant, type LocalDate, localDate, startOfDay, type TimeZone } from "./time.ts";

/** A calendar month, `2010-12`, read in a contract's time zone. */
export type Month = string & { readonly __brand: "Month" };

/** A half-open span of time: `from` belongs to it, `to` does not. */
export type Period = { readonly from: Instant; readonly to: Instant };

export function monthOf(at: Instant, zone: TimeZone): Month {
  return localDate(at, zone).slice(0, 7) as Month;
}

export function parseMonth(text: string): Month | undefined {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? (text as Month) : undefined;
}

export function nextMonth(month: Month): Month {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5));
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}` as Month;
}

/** From the first instant of the month in the zone to the first of the next. */
export function periodOfMonth(month: Month, zone: TimeZone): Period {
  const from = startOfDay(`${month}-01` as LocalDate, zone);
  const to = startOfDay(`${nextMonth(month)}-01` as LocalDate, zone);
  return { from, to };
}
