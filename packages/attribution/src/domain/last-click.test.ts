import { instantFromMs } from "@biotop/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Touch } from "./attribution-model.ts";
import { lastClick } from "./last-click.ts";
import { attributionModel, attributionModels } from "./registry.ts";

describe("every published model", () => {
  for (const model of attributionModels)
    for (const example of model.examples)
      test(`${model.code}: ${example.name}`, () => {
        const result = model.attribute(example.input);
        expect(result.winner?.clickId).toBe(example.winner);
        expect(Object.fromEntries(result.explanation.candidates.map((each) => [each.clickId, each.reason]))).toEqual(example.reasons);
      });

  test("is found by its code and version", () => {
    expect(attributionModel("last-click")).toBe(lastClick);
    expect(attributionModel("last-click", 2)).toBeUndefined();
    expect(attributionModel("first-click")).toBeUndefined();
  });
});

const occurredMs = Date.UTC(2026, 10, 30);
const conversion = { programme: "prg_1", occurredAt: instantFromMs(occurredMs) } as const;

const touches = fc.uniqueArray(
  fc.record({
    clickId: fc.stringMatching(/^[0-9a-z]{1,4}$/),
    at: fc.integer({ min: -50, max: 5 }).map((days) => instantFromMs(occurredMs + days * 86_400_000)),
    programme: fc.constantFrom("prg_1" as const, "prg_2" as const),
    partner: fc.constantFrom("org_a" as const, "org_b" as const, "org_c" as const),
    link: fc.constant("lnk_1" as const),
    isBot: fc.boolean(),
    isTest: fc.boolean(),
  }),
  { selector: (touch) => touch.clickId, maxLength: 12 },
);

/** Partner c has no contract; a's window is short. */
function windowOf(touch: Touch) {
  if (touch.partner === "org_c") return undefined;
  return { contractVersion: `cvn_${touch.partner.slice(4)}` as const, clickWindowDays: touch.partner === "org_a" ? 7 : 30 };
}

describe("last click", () => {
  test("does not depend on the order in which clicks arrived", () => {
    const permuted = touches.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(permuted, ([list, shuffled]) => {
        const attribute = (each: readonly Touch[]) =>
          JSON.stringify(lastClick.attribute({ conversion, touches: each, windowOf }), bigintText);
        expect(attribute(shuffled)).toBe(attribute(list));
        expect(attribute([...list, ...shuffled])).toBe(attribute(list));
      }),
    );
  });

  test("names every candidate once, and the winner is the newest eligible one", () => {
    fc.assert(
      fc.property(touches, (list) => {
        const { winner, shares, explanation } = lastClick.attribute({ conversion, touches: list, windowOf });
        expect(explanation.candidates.map((each) => each.clickId).sort()).toEqual(list.map((each) => each.clickId).sort());
        const alive = explanation.candidates.filter((each) => each.outcome !== "excluded");
        expect(alive.at(-1)?.clickId).toBe(winner?.clickId);
        expect(alive.slice(0, -1).every((each) => each.outcome === "lost" && each.reason === "later-click-won")).toBe(true);
        expect(shares.map((each) => each.ppm)).toEqual(winner ? [1_000_000n] : []);
      }),
    );
  });
});

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
