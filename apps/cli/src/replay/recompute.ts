import type { Deal, Partner, Pay, ShopOrder, ShopPosition, When } from "@biotop/ecosystem-generator";
import { type Instant, localDate } from "@biotop/kernel";
import { contractZone } from "./contract-zone.ts";
import type { Allocation } from "./match-cancellations.ts";
import { type RateTable, rateOn } from "./rates.ts";

/** A click that got an id, as the client saw it. */
export type SeenClick = { readonly clickId: string; readonly at: Instant; readonly partner: string };

export type Earned = {
  readonly orderId: string;
  readonly partner: string;
  readonly currency: "EUR" | "GBP";
  readonly partnerMinor: bigint;
  readonly agencyMinor: bigint;
};

/**
 * What every party must have earned, computed from the contracts alone (docs/pricing.md) and without any code of the product:
 * the check that the money is right does not use what it checks.
 */
export function recompute(input: {
  readonly orders: readonly ShopOrder[];
  readonly clicks: ReadonlyMap<string, readonly SeenClick[]>;
  readonly partners: readonly Partner[];
  readonly returns: readonly Allocation[];
  readonly pounds: RateTable;
}): readonly Earned[] {
  const partnerBySlug = new Map(input.partners.map((partner) => [partner.slug, partner]));
  const returned = new Map<string, number>();
  for (const { orderId, positionIndex, quantity } of input.returns) {
    const key = `${orderId}/${positionIndex}`;
    returned.set(key, (returned.get(key) ?? 0) + quantity);
  }
  return input.orders.flatMap((order) => {
    const winner = lastClick(order, input.clicks.get(order.orderId) ?? [], partnerBySlug);
    if (!winner) return [];
    const remaining = order.positions.map((position, index) => left(position, returned.get(`${order.orderId}/${index}`) ?? 0));
    return [earned(order, remaining, winner, input.pounds)];
  });
}

function lastClick(order: ShopOrder, clicks: readonly SeenClick[], partners: ReadonlyMap<string, Partner>): Partner | undefined {
  const ordered = [...clicks].sort((a, b) => (a.at === b.at ? (a.clickId < b.clickId ? 1 : -1) : a.at < b.at ? 1 : -1));
  for (const click of ordered) {
    const partner = partners.get(click.partner);
    const age = Date.parse(order.occurredAt) - Date.parse(click.at);
    if (partner && age >= 0 && age <= partner.deal.windowDays * 86_400_000) return partner;
  }
  return undefined;
}

type Left = { readonly group: string; readonly quantity: number; readonly netMinor: bigint };

function left(position: ShopPosition, back: number): Left {
  const quantity = position.quantity - back;
  return { group: position.group, quantity, netMinor: rounded(position.amountMinor * BigInt(quantity), BigInt(position.quantity)) };
}

function earned(order: ShopOrder, positions: readonly Left[], partner: Partner, pounds: RateTable): Earned {
  const { deal } = partner;
  const factor = factorOf(order, deal, pounds);
  const paying = payingPositions(order, positions, deal);
  const commission = deal.level === "item" ? itemCommission(paying, factor) : orderCommission(order, positions, deal, factor);
  const base = paying.reduce((total, { netMinor }) => total + netMinor, 0n);
  let partnerMinor = commission;
  let agencyMinor = 0n;
  for (const split of paying.length > 0 ? deal.splits : []) {
    if (split.kind === "of-base") agencyMinor += rounded(base * factor.numerator * split.ppm, factor.denominator * 1_000_000n);
    if (split.kind === "on-top-of-commission") agencyMinor += rounded(commission * split.ppm, 1_000_000n);
    if (split.kind === "inside-commission") {
      const part = largerRest(commission, split.ppm);
      agencyMinor += part;
      partnerMinor -= part;
    }
  }
  return { orderId: order.orderId, partner: partner.slug, currency: deal.settlement, partnerMinor, agencyMinor };
}

/** Largest remainder between the partner and one other: the odd cent is the other's only when its rest is the larger one. */
function largerRest(commission: bigint, ppm: bigint): bigint {
  const exact = commission * ppm;
  return exact / 1_000_000n + (2n * (exact % 1_000_000n) > 1_000_000n ? 1n : 0n);
}

type Paying = Left & { readonly pay: Pay };

/** Positions that something is left of and that the contract pays for. */
function payingPositions(order: ShopOrder, positions: readonly Left[], deal: Deal): readonly Paying[] {
  return positions
    .filter(({ quantity }) => quantity > 0)
    .map((position) => ({
      ...position,
      pay: payFor(deal, (when) => applies(when, order, deal.level === "item" ? position.group : undefined)),
    }))
    .filter(({ pay }) => pay.kind !== "none");
}

type Factor = { readonly numerator: bigint; readonly denominator: bigint };

/** Settlement currency for one pound: 1, or euros at the rate of the order's day in the contract's time zone. */
function factorOf(order: ShopOrder, deal: Deal, pounds: RateTable): Factor {
  if (deal.settlement === "GBP") return { numerator: 1n, denominator: 1n };
  const rate = rateOn(pounds, localDate(order.occurredAt, contractZone));
  if (!rate) throw new Error(`no GBP rate for ${order.occurredAt}`);
  return { numerator: rate.denominator, denominator: rate.numerator };
}

function itemCommission(paying: readonly Paying[], factor: Factor): bigint {
  return paying.reduce((total, { pay, netMinor, quantity }) => {
    if (pay.kind === "percent") return total + rounded(netMinor * factor.numerator * pay.ppm, factor.denominator * 1_000_000n);
    return pay.kind === "fixed" ? total + pay.minor * BigInt(quantity) : total;
  }, 0n);
}

function orderCommission(order: ShopOrder, positions: readonly Left[], deal: Deal, factor: Factor): bigint {
  if (positions.every(({ quantity }) => quantity === 0)) return 0n;
  const pay = payFor(deal, (when) => applies(when, order, undefined));
  const net = positions.reduce((total, { netMinor }) => total + netMinor, 0n);
  if (pay.kind === "percent") return rounded(net * factor.numerator * pay.ppm, factor.denominator * 1_000_000n);
  return pay.kind === "fixed" ? pay.minor : 0n;
}

function payFor(deal: Deal, matches: (when: When) => boolean): Pay {
  return deal.rules.find(({ when }) => matches(when))?.pay ?? deal.otherwise;
}

function applies(when: When, order: ShopOrder, group: string | undefined): boolean {
  if ("groups" in when) return group !== undefined && when.groups.includes(group);
  return when.customer === (order.isNewCustomer ? "new" : "existing");
}

/** Half away from zero, written here once more on purpose. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = magnitude / denominator;
  const up = 2n * (magnitude % denominator) >= denominator ? 1n : 0n;
  return numerator < 0n ? -(quotient + up) : quotient + up;
}
