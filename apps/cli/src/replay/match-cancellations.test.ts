import type { ShopOrder } from "@biotop/ecosystem-generator";
import type { Instant } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { matchCancellations } from "./match-cancellations.ts";
import type { CancellationLine } from "./shop-orders.ts";

const order = (orderId: string, occurredAt: string, quantity: number, customer = "17850"): ShopOrder => ({
  orderId,
  occurredAt: occurredAt as Instant,
  day: occurredAt.slice(0, 10),
  customer,
  isNewCustomer: false,
  country: "United Kingdom",
  positions: [{ article: "85123A", name: "HOLDER", group: "decoration", quantity, amountMinor: 255n * BigInt(quantity) }],
  amountMinor: 255n * BigInt(quantity),
});

const cancellation = (occurredAt: string, quantity: number, changes: Partial<CancellationLine> = {}): CancellationLine => ({
  invoice: "C1",
  row: 0,
  occurredAt: occurredAt as Instant,
  day: occurredAt.slice(0, 10),
  article: "85123A",
  customer: "17850",
  quantity,
  valueMinor: -255n * BigInt(quantity),
  ...changes,
});

const first = order("1", "2010-12-01T08:00:00.000Z", 6);
const second = order("2", "2010-12-03T08:00:00.000Z", 4);

describe("matchCancellations", () => {
  test("takes the newest purchase first and goes on to the one before", () => {
    const { allocations, unmatched } = matchCancellations([first, second], [cancellation("2010-12-05T08:00:00.000Z", 5)]);
    expect(allocations.map(({ orderId, quantity }) => [orderId, quantity])).toEqual([
      ["2", 4],
      ["1", 1],
    ]);
    expect(unmatched).toEqual([]);
  });

  test("never takes back what was bought later or returned already", () => {
    const lines = [cancellation("2010-12-02T08:00:00.000Z", 6), cancellation("2010-12-02T09:00:00.000Z", 1, { invoice: "C2" })];
    const { allocations, unmatched } = matchCancellations([first, second], lines);
    expect(allocations.map(({ orderId, quantity }) => [orderId, quantity])).toEqual([["1", 6]]);
    expect(unmatched).toMatchObject([{ reason: "no-earlier-purchase", quantity: 1, valueMinor: -255n }]);
  });

  test("lists what is more than was bought, with its value", () => {
    const { unmatched } = matchCancellations([first], [cancellation("2010-12-02T08:00:00.000Z", 8)]);
    expect(unmatched).toMatchObject([{ reason: "more-than-bought", quantity: 2, valueMinor: -510n }]);
  });

  test("looks for no purchase of a stranger or of postage", () => {
    const lines = [
      cancellation("2010-12-05T08:00:00.000Z", 1, { customer: undefined }),
      cancellation("2010-12-05T08:00:00.000Z", 1, { article: "POST" }),
    ];
    expect(matchCancellations([first], lines).unmatched.map(({ reason }) => reason)).toEqual(["no-customer", "no-merchandise"]);
  });
});
