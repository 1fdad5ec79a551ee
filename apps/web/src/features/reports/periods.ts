import { addCalendarDays, type Instant, type LocalDate, localDate, type TimeZone, unreachable } from "@biotop/kernel";
import { browserNow } from "../../format/browser-clock.ts";
import { browserTimeZone } from "../../format/places.ts";

export const presets = ["7-days", "28-days", "90-days", "this-month", "last-month", "this-year"] as const;
export type Preset = (typeof presets)[number];

type Days = { readonly from: LocalDate; readonly to: LocalDate };

/** Today in business time: the instance's clock where it is manual, else the real one. */
export function todayOf(clock: { readonly mode: "real" | "manual"; readonly at: Instant }): LocalDate {
  return localDate(clock.mode === "manual" ? clock.at : browserNow(), browserTimeZone() as TimeZone);
}

/** First and last day of a preset, both inclusive. */
export function periodOf(preset: Preset, today: LocalDate): Days {
  const monthStart = `${today.slice(0, 7)}-01` as LocalDate;
  switch (preset) {
    case "7-days":
      return { from: addCalendarDays(today, -6), to: today };
    case "28-days":
      return { from: addCalendarDays(today, -27), to: today };
    case "90-days":
      return { from: addCalendarDays(today, -89), to: today };
    case "this-month":
      return { from: monthStart, to: today };
    case "last-month": {
      const to = addCalendarDays(monthStart, -1);
      return { from: `${to.slice(0, 7)}-01` as LocalDate, to };
    }
    case "this-year":
      return { from: `${today.slice(0, 4)}-01-01` as LocalDate, to: today };
    default:
      return unreachable(preset);
  }
}

export function presetOf(from: LocalDate, to: LocalDate, today: LocalDate): Preset | undefined {
  return presets.find((preset) => {
    const period = periodOf(preset, today);
    return period.from === from && period.to === to;
  });
}
