import { addCalendarDays, dayMs, type LocalDate } from "@biotop/kernel";

export const reportDaysMax = 1_100;

/** Days from the first to the last one, both included; none when they are in the wrong order. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.max(0, Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1);
}

export function eachDay(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  return Array.from({ length: daysBetween(from, to) }, (_, index) => addCalendarDays(from, index));
}
