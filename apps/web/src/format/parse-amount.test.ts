import { currency } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { parseMinor, parsePercentPpm, typedDecimal } from "./parse-amount.ts";

const eur = currency("EUR");

describe("what a person types as an amount", () => {
  test.each([
    ["1.234,56", 123_456n],
    ["1,234.56", 123_456n],
    ["12,5", 1_250n],
    ["12.5", 1_250n],
    ["1.234.567", 123_456_700n],
    ["7", 700n],
    ["12,50 €", 1_250n],
  ])("%s is read in German and English notation", (text, minor) => {
    expect(parseMinor(text, eur)).toBe(minor);
  });

  test.each(["", "abc", "1,234", "12,345", "--1"])("%s is refused rather than guessed", (text) => {
    expect(parseMinor(text, eur)).toBeUndefined();
  });

  test("a percentage becomes parts per million", () => {
    expect(parsePercentPpm("7,5")).toBe(75_000n);
    expect(parsePercentPpm("0.0001")).toBe(1n);
    expect(parsePercentPpm("0.00001")).toBeUndefined();
  });

  test("a value comes back as it would be typed", () => {
    expect(typedDecimal(75_000n, 4, ",")).toBe("7,5");
    expect(typedDecimal(1_250n, 2, ".")).toBe("12.5");
    expect(typedDecimal(-5n, 2, ",")).toBe("-0,05");
  });
});
