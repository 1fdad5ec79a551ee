import { type Currency, minorDigits } from "@biotop/kernel";

/** Reads what a person types, `1.234,56` or `1,234.56` or `7,5`, as a decimal; `undefined` when it is none. */
export function parseDecimal(text: string): { readonly digits: bigint; readonly scale: number } | undefined {
  const compact = text.replaceAll(/[\s\u00a0'’%€£$]/g, "");
  if (!/^-?\d[\d.,]*$/.test(compact)) return undefined;
  const lastMark = Math.max(compact.lastIndexOf("."), compact.lastIndexOf(","));
  const isDecimalMark = lastMark >= 0 && !isGrouping(compact, lastMark);
  const whole = (isDecimalMark ? compact.slice(0, lastMark) : compact).replaceAll(/[.,]/g, "");
  const fraction = isDecimalMark ? compact.slice(lastMark + 1) : "";
  if (!/^-?\d+$/.test(whole) || !/^\d*$/.test(fraction)) return undefined;
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** `1.234` is a thousand when a mark of the same kind stands more than once; a single mark is the decimal one. */
function isGrouping(text: string, lastMark: number): boolean {
  const mark = text[lastMark] ?? "";
  return text.indexOf(mark) !== lastMark;
}

/** Minor units of a typed amount; `undefined` when it is no amount or has more digits than the currency knows. */
export function parseMinor(text: string, currency: Currency): bigint | undefined {
  return scaled(text, minorDigits(currency));
}

/** `7,5` (percent) → `75000n` ppm. */
export function parsePercentPpm(text: string): bigint | undefined {
  return scaled(text, 4);
}

function scaled(text: string, digits: number): bigint | undefined {
  const decimal = parseDecimal(text);
  if (!decimal || decimal.scale > digits) return undefined;
  return decimal.digits * 10n ** BigInt(digits - decimal.scale);
}

/** The amount as a person would type it, in the reader's notation: for form fields. */
export function typedDecimal(value: bigint, digits: number, decimalMark: string): string {
  const magnitude = (value < 0n ? -value : value).toString().padStart(digits + 1, "0");
  const whole = magnitude.slice(0, magnitude.length - digits);
  const fraction = digits === 0 ? "" : magnitude.slice(-digits).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${whole}${fraction ? decimalMark + fraction : ""}`;
}
