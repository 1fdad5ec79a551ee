import { type Currency, decimalText, epochMs, type Instant, type LocalDate, type Money } from "@biotop/kernel";
import { currentLocale } from "../i18n/i18n.ts";

const cached = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return remember(
    `n${currentLocale()}${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(currentLocale(), options),
  ) as Intl.NumberFormat;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return remember(
    `d${currentLocale()}${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(currentLocale(), options),
  ) as Intl.DateTimeFormat;
}

function remember(key: string, make: () => Intl.NumberFormat | Intl.DateTimeFormat): Intl.NumberFormat | Intl.DateTimeFormat {
  const known = cached.get(key);
  if (known) return known;
  const made = make();
  cached.set(key, made);
  return made;
}

/** `1.234,50 €` or `€1,234.50`: exact, from minor units, never through a float. */
export function moneyText(amount: Money): string {
  return numberFormat({ style: "currency", currency: amount.currency }).format(decimalText(amount) as `${number}`);
}

export function minorText(minor: bigint, currency: Currency): string {
  return moneyText({ currency, minor });
}

/** Short for tiles and axes: `12,4 Tsd. €`. Only for drawing; the exact amount stands beside it. */
export function moneyShort(major: number, currency: string): string {
  return numberFormat({ style: "currency", currency, notation: "compact", maximumFractionDigits: 1 }).format(major);
}

export function countText(count: number | bigint): string {
  return numberFormat({}).format(count);
}

export function countShort(count: number): string {
  return numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(count);
}

/** `75000` ppm → `7,5 %`. */
export function ppmText(ppm: bigint): string {
  const sign = ppm < 0n ? "-" : "";
  const magnitude = ppm < 0n ? -ppm : ppm;
  const percent = `${sign}${magnitude / 10_000n}.${(magnitude % 10_000n).toString().padStart(4, "0")}`;
  const text = numberFormat({ maximumFractionDigits: 4, minimumFractionDigits: 0 }).format(percent as `${number}`);
  return currentLocale() === "de-DE" ? `${text} %` : `${text}%`;
}

/** `23.11.2026` in the zone of the reader's organisation. */
export function dateText(at: Instant, zone?: string): string {
  return dateFormat({ dateStyle: "medium", ...zoned(zone) }).format(epochMs(at));
}

export function dateTimeText(at: Instant, zone?: string): string {
  return dateFormat({ dateStyle: "medium", timeStyle: "short", ...zoned(zone) }).format(epochMs(at));
}

/** With seconds and the zone's name: where order matters, as in journeys and audit rows. */
export function preciseTimeText(at: Instant, zone?: string): string {
  return dateFormat({ dateStyle: "medium", timeStyle: "long", ...zoned(zone) }).format(epochMs(at));
}

export function dayText(day: LocalDate): string {
  return dateFormat({ dateStyle: "medium", timeZone: "UTC" }).format(epochMs(`${day}T00:00:00.000Z` as Instant));
}

export function dayShort(day: LocalDate): string {
  return dateFormat({ day: "2-digit", month: "short", timeZone: "UTC" }).format(epochMs(`${day}T00:00:00.000Z` as Instant));
}

/** `2010-12` → `Dezember 2010`. */
export function monthText(month: string): string {
  return dateFormat({ month: "long", year: "numeric", timeZone: "UTC" }).format(epochMs(`${month}-01T00:00:00.000Z` as Instant));
}

export function regionName(country: string): string {
  return new Intl.DisplayNames(currentLocale(), { type: "region" }).of(country) ?? country;
}

function zoned(zone: string | undefined): Intl.DateTimeFormatOptions {
  return zone ? { timeZone: zone } : {};
}
