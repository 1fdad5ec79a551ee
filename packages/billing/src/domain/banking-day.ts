import { addCalendarDays, type LocalDate } from "@biotop/kernel";

/** The day itself, or the Monday after a weekend; banks move a file that meets a holiday on their own. */
export function nextBankingDay(date: LocalDate): LocalDate {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (weekday === 6) return addCalendarDays(date, 2);
  if (weekday === 0) return addCalendarDays(date, 1);
  return date;
}
