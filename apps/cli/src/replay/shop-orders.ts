import type { ShopOrder, ShopPosition } from "@biotop/ecosystem-generator";
import { type Instant, instantOfWall, type TimeZone } from "@biotop/kernel";
import { itemGroupOf } from "./item-groups.ts";
import { type FileInvoice, type FileLine, lineValueMinor } from "./order-file.ts";

export const shopZone = "Europe/London" as TimeZone;

export type CancellationLine = {
  readonly invoice: string;
  readonly row: number;
  readonly occurredAt: Instant;
  readonly day: string;
  readonly article: string;
  readonly customer: string | undefined;
  readonly quantity: number;
  readonly valueMinor: bigint;
};

/** Why a line of the file is not sent. */
export type SkipReason =
  | "negative-quantity-without-cancellation"
  | "zero-price"
  | "negative-price"
  | "bad-debt-adjustment"
  | "nothing-sold";

export type Shop = {
  readonly orders: readonly ShopOrder[];
  readonly cancellations: readonly CancellationLine[];
  readonly skipped: ReadonlyMap<SkipReason, { readonly lines: number; readonly valueMinor: bigint }>;
  readonly linesRead: number;
  readonly invoicesRead: number;
};

/** Reads the file as the shop's own system would: what is an order, what is a cancellation, what is neither. */
export function shopOf(invoices: readonly FileInvoice[]): Shop {
  const skipped = new Map<SkipReason, { lines: number; valueMinor: bigint }>();
  const skip = (reason: SkipReason, line: FileLine): void => {
    const known = skipped.get(reason) ?? { lines: 0, valueMinor: 0n };
    skipped.set(reason, { lines: known.lines + 1, valueMinor: known.valueMinor + lineValueMinor(line.price, line.quantity) });
  };
  const seenCustomers = new Set<string>();
  const orders: ShopOrder[] = [];
  const cancellations: CancellationLine[] = [];
  for (const invoice of invoices) {
    if (invoice.number.startsWith("C")) cancellations.push(...cancellationLines(invoice));
    else {
      const order = orderOf(invoice, seenCustomers, skip);
      if (order) orders.push(order);
    }
  }
  return {
    orders,
    cancellations,
    skipped,
    linesRead: invoices.reduce((count, { lines }) => count + lines.length, 0),
    invoicesRead: invoices.length,
  };
}

function orderOf(
  invoice: FileInvoice,
  seenCustomers: Set<string>,
  skip: (reason: SkipReason, line: FileLine) => void,
): ShopOrder | undefined {
  const positions: ShopPosition[] = [];
  for (const line of invoice.lines) {
    const reason = reasonToSkip(line);
    if (reason) skip(reason, line);
    else {
      positions.push({
        article: line.article,
        name: line.description,
        group: itemGroupOf(line.article),
        quantity: line.quantity,
        amountMinor: lineValueMinor(line.price, line.quantity),
      });
    }
  }
  const first = invoice.lines[0];
  if (!first || positions.length === 0) return undefined;

  const isNewCustomer = first.customer !== undefined && !seenCustomers.has(first.customer);
  if (first.customer) seenCustomers.add(first.customer);
  return {
    orderId: invoice.number,
    occurredAt: instantOfWall(first.at.replace(" ", "T"), shopZone),
    day: first.at.slice(0, 10),
    customer: first.customer,
    isNewCustomer,
    country: first.country,
    positions,
    amountMinor: positions.reduce((total, position) => total + position.amountMinor, 0n),
  };
}

function reasonToSkip(line: FileLine): SkipReason | undefined {
  if (line.invoice.startsWith("A")) return "bad-debt-adjustment";
  if (line.quantity < 0) return "negative-quantity-without-cancellation";
  if (line.price.startsWith("-")) return "negative-price";
  if (/^0+(\.0+)?$/.test(line.price) || lineValueMinor(line.price, line.quantity) === 0n) return "zero-price";
  return undefined;
}

function cancellationLines(invoice: FileInvoice): readonly CancellationLine[] {
  return invoice.lines.map((line, row) => ({
    invoice: invoice.number,
    row,
    occurredAt: instantOfWall(line.at.replace(" ", "T"), shopZone),
    day: line.at.slice(0, 10),
    article: line.article,
    customer: line.customer,
    quantity: Math.abs(line.quantity),
    valueMinor: -lineValueMinor(line.price, Math.abs(line.quantity)),
  }));
}
