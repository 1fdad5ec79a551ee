import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currency } from "./currency.ts";
import { add, allocate, chain, convert, convertShare, decimalText, divideRounded, invert, money, parseRate, share } from "./money.ts";

const eur = currency("EUR");
const gbp = currency("GBP");
const jpy = currency("JPY");
const tnd = currency("TND");

describe("rounding", () => {
  test("a half goes away from zero, on both sides", () => {
    expect(divideRounded(5n, 2n)).toBe(3n);
    expect(divideRounded(-5n, 2n)).toBe(-3n);
    expect(divideRounded(4n, 3n)).toBe(1n);
    expect(share(money(eur, 9_995n), 75_000n)).toEqual(money(eur, 750n));
  });

  test("is exact where floats are not", () => {
    const large = 2n ** 53n + 1n;
    expect(share(money(eur, large), 1_000_000n).minor).toBe(large);
  });

  test("a negative amount is the mirror of the positive one", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.bigInt({ min: 0n, max: 1_000_000n }), (minor, ppm) => {
        expect(share(money(eur, -minor), ppm).minor).toBe(-share(money(eur, minor), ppm).minor);
      }),
    );
  });
});

describe("allocate", () => {
  test("gives the rest to the largest remainders, ties to the lower index", () => {
    expect(allocate(1_000n, [1n, 1n, 1n])).toEqual([334n, 333n, 333n]);
    expect(allocate(999n, [40n, 20n, 40n])).toEqual([400n, 200n, 399n]);
    expect(allocate(10_000n, [1n, 2n, 4n])).toEqual([1_429n, 2_857n, 5_714n]);
    expect(allocate(1n, [1n, 1n, 1n])).toEqual([1n, 0n, 0n]);
    expect(allocate(100n, [1n, 1n, 1n, 1n, 1n, 1n, 1n])).toEqual([15n, 15n, 14n, 14n, 14n, 14n, 14n]);
  });

  test("the parts always sum to the total and nobody is off by more than one", () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((weight) => weight > 0n));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), weights, (total, list) => {
        const parts = allocate(total, list);
        const whole = list.reduce((a, b) => a + b, 0n);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        for (const [index, part] of parts.entries()) {
          const exact = total * (list[index] ?? 0n);
          const distance = part * whole - exact;
          expect((distance < 0n ? -distance : distance) < whole).toBe(true);
        }
      }),
    );
  });
});

describe("exchange", () => {
  test("respects the minor digits of both currencies", () => {
    const rate = { numerator: 16_000n, denominator: 100n };
    expect(convert(money(eur, 250n), rate, jpy)).toEqual(money(jpy, 400n));
    expect(convert(money(jpy, 400n), invert(rate), eur)).toEqual(money(eur, 250n));
    expect(convert(money(eur, 100n), { numerator: 33n, denominator: 10n }, tnd)).toEqual(money(tnd, 3_300n));
  });

  test("with a percentage rounds once", () => {
    const rate = { numerator: 10_000n, denominator: 8_523n };
    expect(convertShare(money(gbp, 1_530n), rate, eur, 80_000n)).toEqual(money(eur, 144n));
  });

  test("rates chain and parse exactly", () => {
    expect(parseRate("0.8523")).toEqual({ numerator: 8_523n, denominator: 10_000n });
    expect(parseRate("0.0000")).toBeUndefined();
    expect(parseRate("1,5")).toBeUndefined();
    expect(chain({ numerator: 1n, denominator: 2n }, { numerator: 3n, denominator: 5n })).toEqual({ numerator: 3n, denominator: 10n });
  });
});

describe("amounts", () => {
  test("of two currencies are never added", () => {
    expect(() => add(money(eur, 1n), money(gbp, 1n))).toThrow("one currency");
  });

  test("are written with the currency's digits", () => {
    expect(decimalText(money(eur, -5n))).toBe("-0.05");
    expect(decimalText(money(jpy, 1_200n))).toBe("1200");
    expect(decimalText(money(tnd, 1_200n))).toBe("1.200");
  });
});
