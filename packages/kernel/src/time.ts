import { assert } from "./assert.ts";

/** A moment in UTC with milliseconds, `2010-12-01T08:26:00.000Z`: text order is time order. */
export type Instant = string & { readonly __brand: "Instant" };

/** A calendar day, `2010-12-01`, meaningful only together with a time zone. */
export type LocalDate = string & { readonly __brand: "LocalDate" };

/** An IANA name such as `Europe/Berlin`. */
export type TimeZone = string & { readonly __brand: "TimeZone" };

export type Clock = { readonly now: () => Instant };

export const dayMs = 86_400_000;

export function instantFromMs(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

/** Parses RFC 3339 with an offset; `undefined` when it is none. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : instantFromMs(epochMs);
}

/** For literals in code and tests: throws when `text` is no instant. */
export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  assert(parsed !== undefined, `not an instant: ${text}`);
  return parsed;
}

export function epochMs(at: Instant): number {
  return Date.parse(at);
}

export function plusMs(at: Instant, ms: number): Instant {
  return instantFromMs(epochMs(at) + ms);
}

/** Days of exactly 86,400 s, as attribution and validation windows count them. */
export function plusDays(at: Instant, days: number): Instant {
  return plusMs(at, days * dayMs);
}

export function isTimeZone(name: string): name is TimeZone {
  try {
    formatterOf(name as TimeZone);
    return true;
  } catch {
    return false;
  }
}

const formatters = new Map<TimeZone, Intl.DateTimeFormat>();

function formatterOf(zone: TimeZone): Intl.DateTimeFormat {
  const cached = formatters.get(zone);
  if (cached) return cached;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formatters.set(zone, made);
  return made;
}

/** The wall clock in a zone, as if it were UTC, in epoch milliseconds. */
function wallMs(at: Instant, zone: TimeZone): number {
  const part: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(epochMs(at))) part[type] = value;
  return Date.parse(`${part["year"]}-${part["month"]}-${part["day"]}T${part["hour"]}:${part["minute"]}:${part["second"]}Z`);
}

export function localDate(at: Instant, zone: TimeZone): LocalDate {
  return new Date(wallMs(at, zone)).toISOString().slice(0, 10) as LocalDate;
}

/** The first instant of a calendar day in a zone. */
export function startOfDay(date: LocalDate, zone: TimeZone): Instant {
  return instantOfWall(`${date}T00:00:00`, zone);
}

/** The instant at which a zone's wall clock shows `wall` (`2010-12-01T08:26:00`); in a doubled hour the earlier one. */
export function instantOfWall(wall: string, zone: TimeZone): Instant {
  const target = Date.parse(`${wall}Z`);
  let guess = target;
  for (let round = 0; round < 3; round += 1) guess += target - wallMs(instantFromMs(guess), zone);
  return instantFromMs(guess);
}

export function addCalendarDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10) as LocalDate;
}

export function parseLocalDate(text: string): LocalDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const epoch = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(epoch) || new Date(epoch).toISOString().slice(0, 10) !== text ? undefined : (text as LocalDate);
}
