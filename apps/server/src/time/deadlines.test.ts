import { type Instant, instant } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { chooseStep } from "./deadlines.ts";

const source = (name: string) => ({ name, nextDue: async () => undefined, runDue: async () => 0 });
const validation = source("validation");
const monthEnd = source("month-end");
const day = (text: string): Instant => instant(`2011-01-${text}T00:00:00Z`);

describe("chooseStep", () => {
  test("the earliest deadline goes first, up to the next one of another source", () => {
    const dues = [
      { source: validation, at: day("09") },
      { source: monthEnd, at: day("05") },
    ];
    expect(chooseStep(dues, day("31"))).toEqual({ source: monthEnd, until: day("09") });
  });

  test("alone, a source runs up to the wanted time", () => {
    expect(chooseStep([{ source: validation, at: day("09") }], day("31"))).toEqual({ source: validation, until: day("31") });
  });

  test("at the same instant the earlier source of the list goes first", () => {
    const dues = [
      { source: validation, at: day("05") },
      { source: monthEnd, at: day("05") },
    ];
    expect(chooseStep(dues, day("31"))).toEqual({ source: validation, until: day("05") });
  });

  test("what is due later waits", () => {
    expect(chooseStep([{ source: validation, at: day("09") }], day("08"))).toBeUndefined();
  });
});
