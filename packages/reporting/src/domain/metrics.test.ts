import { describe, expect, test } from "vitest";
import { addFacts, noFacts } from "./facts.ts";
import { metrics } from "./metrics.ts";

describe("metrics", () => {
  test.each(metrics)("$code is what its examples say", ({ of, examples, kind }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { facts, is } of examples) expect(of({ ...noFacts, ...facts })).toEqual(is);
    expect(of(noFacts).kind).toBe(kind);
  });
  test("facts add up by currency and never across", () => {
    const sum = addFacts({ ...noFacts, value: new Map([["EUR" as never, 1n]]) }, { value: new Map([["GBP" as never, 2n]]), clicks: 1n });
    expect(sum).toMatchObject({
      clicks: 1n,
      value: new Map([
        ["EUR", 1n],
        ["GBP", 2n],
      ]),
    });
  });
});
