import type { Currency } from "@biotop/kernel";

/** Sums of money, one for each currency: amounts of different currencies are never added. */
export type Sums = ReadonlyMap<Currency, bigint>;

/** What the daily sums of the contexts say about one row of a report. */
export type Facts = {
  readonly clicks: bigint;
  readonly conversions: bigint;
  readonly declined: bigint;
  /** In the shop's currency. */
  readonly value: Sums;
  /** Commissions in the settlement currency, before and after the merchant's decision. */
  readonly open: Sums;
  readonly approved: Sums;
  /** Net commissions of documents paid in the period. */
  readonly paid: Sums;
};

const none: Sums = new Map();

export const noFacts: Facts = { clicks: 0n, conversions: 0n, declined: 0n, value: none, open: none, approved: none, paid: none };

export function addFacts(a: Facts, b: Partial<Facts>): Facts {
  return {
    clicks: a.clicks + (b.clicks ?? 0n),
    conversions: a.conversions + (b.conversions ?? 0n),
    declined: a.declined + (b.declined ?? 0n),
    value: addSums(a.value, b.value),
    open: addSums(a.open, b.open),
    approved: addSums(a.approved, b.approved),
    paid: addSums(a.paid, b.paid),
  };
}

export function addSums(a: Sums, b: Sums = none): Sums {
  if (b.size === 0) return a;
  const sums = new Map(a);
  for (const [currency, minor] of b) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return sums;
}
