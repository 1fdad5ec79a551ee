import { noMerchandise, type ShopOrder } from "@biotop/ecosystem-generator";
import { itemGroupOf } from "./item-groups.ts";
import type { CancellationLine } from "./shop-orders.ts";

/** A part of a cancellation that belongs to one position of one order. */
export type Allocation = {
  readonly changeId: string;
  readonly line: CancellationLine;
  readonly orderId: string;
  readonly positionIndex: number;
  readonly quantity: number;
};

export type UnmatchedReason = "no-merchandise" | "no-customer" | "no-earlier-purchase" | "more-than-bought";

export type Unmatched = {
  readonly line: CancellationLine;
  readonly quantity: number;
  readonly reason: UnmatchedReason;
  readonly valueMinor: bigint;
};

export type Matching = { readonly allocations: readonly Allocation[]; readonly unmatched: readonly Unmatched[] };

type Open = { readonly orderId: string; readonly positionIndex: number; readonly at: string; left: number };

/**
 * Finds what each cancelled line belongs to: same customer and article, bought earlier, newest purchase first, as far as its
 * quantity is not returned yet. What finds no purchase is listed with its value and never forced onto an order.
 */
export function matchCancellations(orders: readonly ShopOrder[], cancellations: readonly CancellationLine[]): Matching {
  const open = new Map<string, Open[]>();
  for (const order of orders) {
    if (!order.customer) continue;
    for (const [positionIndex, position] of order.positions.entries()) {
      const key = `${order.customer}\n${position.article}`;
      const entry: Open = { orderId: order.orderId, positionIndex, at: order.occurredAt, left: position.quantity };
      const entries = open.get(key);
      if (entries) entries.push(entry);
      else open.set(key, [entry]);
    }
  }
  const allocations: Allocation[] = [];
  const unmatched: Unmatched[] = [];
  for (const line of [...cancellations].sort(byTime)) {
    const reason = reasonNotToLook(line);
    if (reason) unmatched.push(rest(line, line.quantity, reason));
    else matchLine(line, open.get(`${line.customer}\n${line.article}`) ?? [], allocations, unmatched);
  }
  return { allocations, unmatched };
}

function matchLine(line: CancellationLine, purchases: readonly Open[], allocations: Allocation[], unmatched: Unmatched[]): void {
  const earlier = purchases.filter((purchase) => purchase.left > 0 && purchase.at <= line.occurredAt).reverse();
  let left = line.quantity;
  for (const purchase of earlier) {
    if (left === 0) break;
    const quantity = Math.min(left, purchase.left);
    purchase.left -= quantity;
    left -= quantity;
    allocations.push({
      changeId: `${line.invoice}-${line.row}-${purchase.orderId}-${purchase.positionIndex}`,
      line,
      orderId: purchase.orderId,
      positionIndex: purchase.positionIndex,
      quantity,
    });
  }
  if (left > 0) unmatched.push(rest(line, left, left === line.quantity ? "no-earlier-purchase" : "more-than-bought"));
}

function reasonNotToLook(line: CancellationLine): UnmatchedReason | undefined {
  if (itemGroupOf(line.article) === noMerchandise) return "no-merchandise";
  if (line.customer === undefined) return "no-customer";
  return undefined;
}

function rest(line: CancellationLine, quantity: number, reason: UnmatchedReason): Unmatched {
  const valueMinor = quantity === line.quantity ? line.valueMinor : (line.valueMinor * BigInt(quantity)) / BigInt(line.quantity);
  return { line, quantity, reason, valueMinor };
}

function byTime(a: CancellationLine, b: CancellationLine): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  return a.invoice === b.invoice ? a.row - b.row : a.invoice < b.invoice ? -1 : 1;
}
