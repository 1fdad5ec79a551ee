import type { LocalDate } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { demoLife } from "./life.ts";

const today = "2026-11-23" as LocalDate;

describe("demoLife", () => {
  test("the same seed gives the same life, another seed another one", () => {
    expect(demoLife("1", today)).toEqual(demoLife("1", today));
    expect(demoLife("2", today).shops[0]?.orders).not.toEqual(demoLife("1", today).shops[0]?.orders);
  });

  test("life ends before today and positions sum up", () => {
    const { days, shops } = demoLife("1", today);
    expect(days).toHaveLength(90);
    expect(days.at(-1)).toBe("2026-11-22");
    for (const { orders, aftermath } of shops) {
      expect(orders.length).toBeGreaterThan(200);
      expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(orders.length);
      for (const { positions, amountMinor } of orders)
        expect(positions.reduce((total, each) => total + each.amountMinor, 0n)).toBe(amountMinor);
      for (const { day } of aftermath) expect(day < today).toBe(true);
    }
  });

  test("somebody has every role, and one contract has three parties", () => {
    const { companies, shops } = demoLife("1", today);
    expect(new Set(companies.map(({ capability }) => capability))).toEqual(
      new Set(["sell", "manage", "technology", "services", "promote"]),
    );
    expect(shops.flatMap(({ partners }) => partners).some(({ deal }) => deal.splits.length > 0)).toBe(true);
  });
});
