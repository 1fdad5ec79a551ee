import { addCalendarDays, type LocalDate } from "@biotop/kernel";

/** Days on which the euro system's payment system is closed, so that no reference rate is published (since 2002). */
export function isRateDay(date: LocalDate): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  if (["01-01", "05-01", "12-25", "12-26"].includes(date.slice(5))) return false;
  const easter = easterSunday(Number(date.slice(0, 4)));
  return date !== addCalendarDays(easter, -2) && date !== addCalendarDays(easter, 1);
}

/** The date itself or the latest rate day before it. */
export function rateDayUpTo(date: LocalDate): LocalDate {
  let day = date;
  while (!isRateDay(day)) day = addCalendarDays(day, -1);
  return day;
}

/** Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return `${String(year).padStart(4, "0")}-${String(Math.floor(sum / 31)).padStart(2, "0")}-${String((sum % 31) + 1).padStart(2, "0")}` as LocalDate;
}
