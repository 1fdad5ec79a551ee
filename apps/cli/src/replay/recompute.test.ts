import type { Deal, Partner, ShopOrder } from "@biotop/ecosystem-generator";
import type { Instant } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { partners } from "./partners.ts";
import { recompute } from "./recompute.ts";

const deal: Deal = {
  settlement: "EUR",
  level: "item",
  rules: [
    { id: "decoration", label: { de: "Deko", en: "Decoration" }, when: { groups: ["decoration"] }, pay: { kind: "percent", ppm: 80_000n } },
  ],
  otherwise: { kind: "percent", ppm: 50_000n },
  splits: [{ id: "agency", to: "agency", role: "agency", kind: "on-top-of-commission", ppm: 200_000n }],
  windowDays: 7,
  validationDays: 30,
  thresholdMinor: 0n,
};
const partner = { ...partners[0], slug: "partner", deal } as Partner;

/** The worked example of docs/pricing.md, section 9. */
const order: ShopOrder = {
  orderId: "1",
  occurredAt: "2010-12-01T12:00:00.000Z" as Instant,
  day: "2010-12-01",
  customer: "17850",
  isNewCustomer: true,
  country: "United Kingdom",
  positions: [
    { article: "85123A", name: "A", group: "decoration", quantity: 6, amountMinor: 1_530n },
    { article: "71053", name: "B", group: "candles", quantity: 6, amountMinor: 2_034n },
  ],
  amountMinor: 3_564n,
};
const pounds = new Map([["2010-12-01", { numerator: 8_523n, denominator: 10_000n }]]);
const click = { clickId: "c1", at: "2010-12-01T05:00:00.000Z" as Instant, partner: "partner" };
const facts = { orders: [order], clicks: new Map([["1", [click]]]), partners: [partner], returns: [], pounds };

describe("recompute", () => {
  test("prices the worked example of the pricing page", () => {
    expect(recompute(facts)).toEqual([{ orderId: "1", partner: "partner", currency: "EUR", partnerMinor: 263n, agencyMinor: 53n }]);
  });

  test("prices again with what remains after a return", () => {
    const line = {
      invoice: "C1",
      row: 0,
      occurredAt: order.occurredAt,
      day: order.day,
      article: "85123A",
      customer: "17850",
      quantity: 3,
      valueMinor: -765n,
    };
    const returns = [{ changeId: "x", line, orderId: "1", positionIndex: 0, quantity: 3 }];
    expect(recompute({ ...facts, returns })).toMatchObject([{ partnerMinor: 191n, agencyMinor: 38n }]);
  });

  test("takes the rate of the last business day before", () => {
    const earlier = new Map([["2010-11-26", { numerator: 8_523n, denominator: 10_000n }]]);
    expect(recompute({ ...facts, pounds: earlier })).toMatchObject([{ partnerMinor: 263n }]);
  });

  test("gives nothing for a click outside its window or after the order", () => {
    const early = { ...click, at: "2010-11-20T05:00:00.000Z" as Instant };
    const late = { ...click, at: "2010-12-01T12:00:01.000Z" as Instant };
    expect(recompute({ ...facts, clicks: new Map([["1", [early, late]]]) })).toEqual([]);
  });
});
