import { addCalendarDays, type Instant, localDate, startOfDay, type TimeZone } from "@biotop/kernel";

const cache = new Map<string, Instant>();
const cacheMax = 5_000;

/**
 * When the contract decides by itself: the first instant after the last of the agreed days, in the contract's time zone; the day
 * of the order does not count.
 */
export function deadlineOf(occurredAt: Instant, validationDays: number, zone: TimeZone): Instant {
  const hour = occurredAt.slice(0, 13);
  const key = `${hour} ${validationDays} ${zone}`;
  const known = cache.get(key);
  if (known) return known;
  const found = startOfDay(addCalendarDays(localDate(occurredAt, zone), validationDays + 1), zone);
  if (cache.size >= cacheMax) cache.clear();
  // Zones lie whole, half or quarter hours apart: only whole-hour zones share an answer for every minute of the hour.
  if (isWholeHour(occurredAt, zone)) cache.set(key, found);
  return found;
}

function isWholeHour(occurredAt: Instant, zone: TimeZone): boolean {
  const first = `${occurredAt.slice(0, 13)}:00:00.000Z` as Instant;
  const last = `${occurredAt.slice(0, 13)}:59:59.999Z` as Instant;
  return localDate(first, zone) === localDate(last, zone);
}
