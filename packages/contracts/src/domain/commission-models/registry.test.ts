import { describe, expect, test } from "vitest";
import { commissionModels, modelOf } from "./registry.ts";

describe("commission models", () => {
  for (const model of commissionModels) {
    test(`${model.code}@${model.version} pays what its examples say`, () => {
      for (const { input, params, pays } of model.examples) expect(model.price(input, params)).toEqual({ currency: input.to, minor: pays });
    });

    test(`${model.code} is found under its kind, with at least one example`, () => {
      expect(model.examples.length).toBeGreaterThan(0);
      for (const { params } of model.examples) expect(modelOf(params)).toBe(model);
    });
  }

  test("no two models share code and version", () => {
    const names = commissionModels.map((model) => `${model.code}@${model.version}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
