import type { Partner } from "@biotop/ecosystem-generator";
import type { Client } from "@biotop/sdk";
import { listTransactions } from "@biotop/wire";
import { agency } from "./cast.ts";
import { patiently } from "./patient.ts";
import type { Earned } from "./recompute.ts";
import { actingAs, type Replay } from "./session.ts";

export type PartySum = {
  readonly party: string;
  readonly currency: string;
  readonly productMinor: bigint;
  readonly ownMinor: bigint;
  readonly orders: number;
};
export type Difference = { readonly orderId: string; readonly party: string; readonly productMinor: bigint; readonly ownMinor: bigint };
export type Comparison = { readonly sums: readonly PartySum[]; readonly differences: readonly Difference[] };

/** Every order's amount for every party, as the product says and as the client computed it by itself. */
export async function compareCommissions(replay: Replay, partners: readonly Partner[], own: readonly Earned[]): Promise<Comparison> {
  const sums: PartySum[] = [];
  const differences: Difference[] = [];
  for (const party of [...partners, agency]) {
    const product = await earnedBy(actingAs(replay, party));
    const mine = ownAmounts(own, party.slug);
    for (const orderId of new Set([...product.keys(), ...mine.keys()])) {
      const productMinor = product.get(orderId)?.minor ?? 0n;
      const ownMinor = mine.get(orderId)?.minor ?? 0n;
      if (productMinor !== ownMinor) differences.push({ orderId, party: party.slug, productMinor, ownMinor });
    }
    sums.push(...sumsOf(party.slug, product, mine));
  }
  return { sums, differences };
}

type Amounts = ReadonlyMap<string, { readonly currency: string; readonly minor: bigint }>;

async function earnedBy(client: Client): Promise<Amounts> {
  const earned = new Map<string, { currency: string; minor: bigint }>();
  let after: string | undefined;
  do {
    const page = await patiently("transactions", () =>
      client.call(listTransactions, { query: { limit: 200, ...(after ? { after } : {}) } }),
    );
    for (const row of page.rows) if (row.earned) earned.set(row.orderId, row.earned);
    after = page.next ?? undefined;
  } while (after);
  return earned;
}

function ownAmounts(own: readonly Earned[], slug: string): Amounts {
  if (slug !== agency.slug) {
    return new Map(
      own
        .filter(({ partner }) => partner === slug)
        .map(({ orderId, currency, partnerMinor }) => [orderId, { currency, minor: partnerMinor }]),
    );
  }
  return new Map(
    own
      .filter(({ agencyMinor }) => agencyMinor !== 0n)
      .map(({ orderId, currency, agencyMinor }) => [orderId, { currency, minor: agencyMinor }]),
  );
}

function sumsOf(party: string, product: Amounts, mine: Amounts): readonly PartySum[] {
  const currencies = new Set([...product.values(), ...mine.values()].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => {
    const total = (amounts: Amounts): bigint =>
      [...amounts.values()].reduce((sum, amount) => sum + (amount.currency === currency ? amount.minor : 0n), 0n);
    const orders = [...product.values()].filter((amount) => amount.currency === currency).length;
    return { party, currency, productMinor: total(product), ownMinor: total(mine), orders };
  });
}

/** The merchant's view: how many orders the product knows and what they were worth when reported. */
export async function reportedValue(
  client: Client,
): Promise<{ readonly orders: number; readonly valueMinor: bigint; readonly byPricing: Readonly<Record<string, number>> }> {
  let orders = 0;
  let valueMinor = 0n;
  const byPricing: Record<string, number> = {};
  let after: string | undefined;
  do {
    const page = await patiently("transactions", () =>
      client.call(listTransactions, { query: { limit: 200, ...(after ? { after } : {}) } }),
    );
    for (const row of page.rows) {
      orders += 1;
      valueMinor += row.reportedValue.minor;
      byPricing[row.pricing] = (byPricing[row.pricing] ?? 0) + 1;
    }
    after = page.next ?? undefined;
  } while (after);
  return { orders, valueMinor, byPricing };
}
