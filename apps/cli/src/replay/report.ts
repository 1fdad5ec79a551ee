import type { UnmatchedReason } from "./match-cancellations.ts";
import type { ReplayResult } from "./run.ts";

/** The result as one JSON object; money as decimal strings in minor units. */
export function reportJson(result: ReplayResult): object {
  const { shop, matching, orders, returns, seconds } = result;
  const fileValue = shop.orders.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return {
    read: readJson(shop),
    orders: { known: result.known, sent: orders.sent, received: orders.received, refused: orders.refused },
    cancellations: {
      matchedLines: new Set(matching.allocations.map(({ line }) => `${line.invoice}-${line.row}`)).size,
      parts: matching.allocations.length,
      sent: returns.sent,
      received: returns.received,
      refused: returns.refused,
      unmatched: unmatchedByReason(result),
    },
    clicks: result.clicks,
    outcomes: { byKind: result.outcomes.byKind, refused: result.outcomes.refused },
    values: {
      fileMinor: String(fileValue),
      productMinor: String(result.product.valueMinor),
      productOrders: result.product.orders,
      byPricing: result.product.byPricing,
    },
    commissions: result.comparison.sums.map(({ party, currency, orders: count, productMinor, ownMinor }) => ({
      party,
      currency,
      orders: count,
      productMinor: String(productMinor),
      ownMinor: String(ownMinor),
      differenceMinor: String(productMinor - ownMinor),
    })),
    differences: result.comparison.differences
      .slice(0, 50)
      .map((each) => ({ ...each, productMinor: String(each.productMinor), ownMinor: String(each.ownMinor) })),
    ledger: result.ledger.map((each) => ({
      currency: each.currency,
      differenceMinor: String(each.differenceMinor),
      entries: String(each.entries),
      postings: String(each.postings),
    })),
    documents: documentsJson(result.documents),
    payouts: result.payouts.map((each) => ({ ...each, totalMinor: String(each.totalMinor) })),
    memory: result.memory,
    seconds: {
      setUp: tenths(seconds.setUp),
      orders: tenths(seconds.orders),
      monthCloses: tenths(seconds.monthCloses),
      total: tenths(seconds.total),
    },
    ordersPerSecond: orders.sent > 0 ? tenths(orders.sent / seconds.orders) : null,
    isRight: isRight(result),
  };
}

function readJson(shop: ReplayResult["shop"]): object {
  return {
    lines: shop.linesRead,
    invoices: shop.invoicesRead,
    orders: shop.orders.length,
    positions: shop.orders.reduce((count, { positions }) => count + positions.length, 0),
    cancellationLines: shop.cancellations.length,
    notSent: [...shop.skipped].map(([reason, { lines, valueMinor }]) => ({ reason, lines, valueMinor: String(valueMinor) })),
  };
}

function documentsJson(documents: ReplayResult["documents"]): object {
  return {
    count: documents.count,
    grossMinor: texts(documents.grossByCurrency),
    paidMinor: texts(documents.paidByCurrency),
    openMinor: texts(documents.openByCurrency),
    waiting: documents.waiting.map((each) => ({ ...each, netMinor: String(each.netMinor) })),
  };
}

/** Whether every sum that the replay can check by itself is equal to the cent. */
export function isRight(result: ReplayResult): boolean {
  const fileValue = result.shop.orders.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return (
    result.comparison.differences.length === 0 &&
    result.product.valueMinor === fileValue &&
    result.product.orders === result.shop.orders.length &&
    result.orders.refused.length === 0 &&
    result.returns.refused.length === 0 &&
    result.outcomes.refused.length === 0 &&
    result.ledger.every(({ differenceMinor }) => differenceMinor === 0n)
  );
}

/** The result for a person, in English, one fact a line. */
export function reportText(result: ReplayResult): string {
  const { shop, orders, returns, seconds } = result;
  const fileValue = shop.orders.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const lines = [
    `Read        ${shop.linesRead} lines, ${shop.invoicesRead} invoices: ${shop.orders.length} orders, ${shop.cancellations.length} cancellation lines`,
    ...[...shop.skipped].map(
      ([reason, { lines: count, valueMinor }]) => `  not sent  ${count} lines, ${reason}, ${amount(valueMinor, "GBP")}`,
    ),
    `Orders      ${result.known} known before, ${orders.sent} sent, ${orders.received} received, ${orders.refused.length} refused at the edge`,
    `Returns     ${returns.sent} sent, ${returns.received} received, ${returns.refused.length} refused at the edge`,
    ...unmatchedByReason(result).map(
      ({ reason, lines: count, valueMinor }) => `  unmatched ${count} lines, ${reason}, ${amount(BigInt(valueMinor), "GBP")}`,
    ),
    `Clicks      ${result.clicks.sent} sent, ${result.clicks.withId} with an id, ${result.clicks.withoutId} without, ${result.clicks.repeated} repeated`,
    `Outcomes    ${
      Object.entries(result.outcomes.byKind)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", ") || "none new"
    }`,
    ...result.outcomes.refused.slice(0, 20).map(({ id, code }) => `  refused   ${id}: ${code}`),
    `Order value file ${amount(fileValue, "GBP")}, product ${amount(result.product.valueMinor, "GBP")} in ${result.product.orders} orders`,
    "Commission  product = own recomputation",
    ...result.comparison.sums.map(
      ({ party, currency, orders: count, productMinor, ownMinor }) =>
        `  ${productMinor === ownMinor ? "=" : "≠"} ${party.padEnd(18)} ${amount(productMinor, currency).padStart(16)} ${amount(ownMinor, currency).padStart(16)}  ${count} orders`,
    ),
    ...result.comparison.differences
      .slice(0, 20)
      .map(({ orderId, party, productMinor, ownMinor }) => `  differs   ${orderId} ${party}: product ${productMinor}, own ${ownMinor}`),
    ...result.ledger.map(
      ({ currency, differenceMinor, entries, postings }) =>
        `Ledger      ${currency}: ${entries} entries, ${postings} postings, trial balance ${amount(differenceMinor, currency)}`,
    ),
    `Documents   ${result.documents.count}: ${sums(result.documents.grossByCurrency)} gross; paid ${sums(result.documents.paidByCurrency)}; open ${sums(result.documents.openByCurrency)}`,
    ...result.documents.waiting.map(
      ({ supplier, currency, netMinor, reasons }) => `  waiting   ${supplier}: ${amount(netMinor, currency)} net, ${reasons.join(", ")}`,
    ),
    ...result.payouts.map(
      ({ id, rail, currency, totalMinor, payouts, state }) =>
        `Payout run  ${id}: ${rail}, ${payouts} payouts, ${amount(totalMinor, currency)}, ${state}`,
    ),
    `Memory      edge ${result.memory.early.edgeMb ?? "?"} → ${result.memory.late.edgeMb ?? "?"} MB, server ${result.memory.early.serverMb ?? "?"} → ${result.memory.late.serverMb ?? "?"} MB (20 % → end)`,
    `Time        set-up ${tenths(seconds.setUp)} s, orders ${tenths(seconds.orders)} s, month closes ${tenths(seconds.monthCloses)} s, total ${tenths(seconds.total)} s`,
    ...(orders.sent > 0 ? [`Speed       ${tenths(orders.sent / seconds.orders)} orders/s`] : []),
    isRight(result) ? "All sums are equal to the cent." : "SOMETHING DIFFERS: see the lines above.",
  ];
  return lines.join("\n");
}

function unmatchedByReason({
  matching,
}: ReplayResult): readonly { readonly reason: UnmatchedReason; readonly lines: number; readonly valueMinor: string }[] {
  const reasons = [...new Set(matching.unmatched.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const rows = matching.unmatched.filter((each) => each.reason === reason);
    return { reason, lines: rows.length, valueMinor: String(rows.reduce((total, { valueMinor }) => total + valueMinor, 0n)) };
  });
}

function amount(minor: bigint, currency: string): string {
  const magnitude = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  return `${minor < 0n ? "-" : ""}${magnitude.slice(0, -2)}.${magnitude.slice(-2)} ${currency}`;
}

function sums(byCurrency: Readonly<Record<string, bigint>>): string {
  return (
    Object.entries(byCurrency)
      .map(([currency, minor]) => amount(minor, currency))
      .join(" + ") || "0"
  );
}

function texts(byCurrency: Readonly<Record<string, bigint>>): Record<string, string> {
  return Object.fromEntries(Object.entries(byCurrency).map(([currency, minor]) => [currency, String(minor)]));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
