import { assert } from "./assert.ts";
import { type Currency, minorDigits } from "./currency.ts";

/** An amount in minor units (cents) of one currency. Never a float. */
export type Money = { readonly currency: Currency; readonly minor: bigint };

/** Parts per million: 7.5 % = 75_000n. */
export type Ppm = bigint;
export const ppmWhole: Ppm = 1_000_000n;

/** Units of the quote currency for one unit of the base, exact: `numerator / denominator`. */
export type Rate = { readonly numerator: bigint; readonly denominator: bigint };

export function money(code: Currency, minor: bigint): Money {
  return { currency: code, minor };
}

export function zero(code: Currency): Money {
  return { currency: code, minor: 0n };
}

export function add(a: Money, b: Money): Money {
  assert(a.currency === b.currency, "only amounts of one currency are added");
  return { currency: a.currency, minor: a.minor + b.minor };
}

export function subtract(a: Money, b: Money): Money {
  return add(a, negate(b));
}

export function negate(a: Money): Money {
  return { currency: a.currency, minor: -a.minor };
}

/** Sum of amounts of one currency; the currency is named so that an empty list has one too. */
export function sum(code: Currency, amounts: readonly Money[]): Money {
  return amounts.reduce(add, zero(code));
}

/** `numerator / denominator`, rounded half away from zero (kaufmännisch, DIN 1333). */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  assert(denominator > 0n, "a divisor is positive");
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** `ppm` of an amount, rounded once. */
export function share(amount: Money, ppm: Ppm): Money {
  return { currency: amount.currency, minor: divideRounded(amount.minor * ppm, ppmWhole) };
}

/**
 * An amount in another currency, rounded once. `rate` counts units of `to` for one unit of the amount's currency
 * (major units, as central banks publish); different minor digits are respected.
 */
export function convert(amount: Money, rate: Rate, to: Currency): Money {
  const { numerator, denominator } = scaledRate(amount.currency, rate, to);
  return { currency: to, minor: divideRounded(amount.minor * numerator, denominator) };
}

/** Exchange and rate in one step with one rounding: `amount × rate × ppm`. */
export function convertShare(amount: Money, rate: Rate, to: Currency, ppm: Ppm): Money {
  const { numerator, denominator } = scaledRate(amount.currency, rate, to);
  return { currency: to, minor: divideRounded(amount.minor * numerator * ppm, denominator * ppmWhole) };
}

function scaledRate(from: Currency, rate: Rate, to: Currency): Rate {
  assert(rate.numerator > 0n && rate.denominator > 0n, "a rate is positive");
  const shift = minorDigits(to) - minorDigits(from);
  if (shift >= 0) return { numerator: rate.numerator * 10n ** BigInt(shift), denominator: rate.denominator };
  return { numerator: rate.numerator, denominator: rate.denominator * 10n ** BigInt(-shift) };
}

/**
 * Splits a total by weights with the largest remainder; ties go to the lower index, negative totals mirror positive ones.
 * The parts always sum to the total.
 */
export function allocate(total: bigint, weights: readonly bigint[]): readonly bigint[] {
  assert(weights.length > 0, "a total is split among at least one");
  for (const weight of weights) assert(weight >= 0n, "weights are not negative");
  const whole = weights.reduce((a, b) => a + b, 0n);
  assert(whole > 0n, "at least one weight is positive");

  const sign = total < 0n ? -1n : 1n;
  const magnitude = total * sign;
  const parts = weights.map((weight) => (magnitude * weight) / whole);
  let rest = magnitude - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (magnitude * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (rest === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    rest -= 1n;
  }
  return parts.map((part) => part * sign);
}

/** A decimal such as `1.1684` as an exact fraction; `undefined` when it is no positive decimal. */
export function parseRate(decimal: string): Rate | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(decimal);
  if (!match) return undefined;
  const fraction = match[2] ?? "";
  const numerator = BigInt((match[1] ?? "0") + fraction);
  return numerator === 0n ? undefined : { numerator, denominator: 10n ** BigInt(fraction.length) };
}

/** The rate of the opposite direction. */
export function invert(rate: Rate): Rate {
  return { numerator: rate.denominator, denominator: rate.numerator };
}

/** `a` then `b`: GBP→EUR and EUR→CHF give GBP→CHF. */
export function chain(a: Rate, b: Rate): Rate {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** Decimal notation with the currency's digits and a point: `-12.30`. For files and logs, not for screens. */
export function decimalText(amount: Money): string {
  const digits = minorDigits(amount.currency);
  const magnitude = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(digits + 1, "0");
  const sign = amount.minor < 0n ? "-" : "";
  if (digits === 0) return sign + magnitude;
  return `${sign}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}
