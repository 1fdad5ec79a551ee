import { createHash } from "node:crypto";
import type { ShopOrder } from "@biotop/ecosystem-generator";
import type { ProgrammeId } from "@biotop/kernel";
import type { Client } from "@biotop/sdk";
import { changeConversion, knownOrders, listConversionOutcomes, reportConversions } from "@biotop/wire";
import type { Allocation } from "./match-cancellations.ts";
import { patiently } from "./patient.ts";
import type { SeenClick } from "./recompute.ts";
import { asCurrency } from "./session.ts";

export type Refusal = { readonly id: string; readonly code: string; readonly detail: string };
export type Tally = { sent: number; received: number; readonly refused: Refusal[] };

const rowsAtOnce = 200;

/** Reports orders server to server, as a shop's back end does. Repeating a batch is harmless. */
export async function sendOrders(
  client: Client,
  programme: ProgrammeId,
  currency: string,
  orders: readonly ShopOrder[],
  clicks: ReadonlyMap<string, readonly SeenClick[]>,
  tally: Tally,
): Promise<void> {
  for (const batch of batchesOf(orders)) {
    const rows = batch.map((order) => ({
      programme,
      orderId: order.orderId,
      event: "sale",
      occurredAt: order.occurredAt,
      currency: asCurrency(currency),
      amountMinor: order.amountMinor,
      positions: order.positions.map(({ article, name, group, quantity, amountMinor }) => ({
        sku: article,
        ...(name ? { name } : {}),
        group,
        quantity,
        amountMinor,
      })),
      vouchers: [],
      clickIds: (clicks.get(order.orderId) ?? []).map(({ clickId }) => clickId),
      status: "open" as const,
      test: false,
      ...(order.customer
        ? { customer: { status: order.isNewCustomer ? ("new" as const) : ("existing" as const), keyHash: hashOf(order.customer) } }
        : {}),
    }));
    const answer = await patiently("orders", () =>
      client.call(reportConversions, {
        body: { rows },
        idempotencyKey: keyOf(
          "orders",
          batch.map(({ orderId }) => orderId),
        ),
      }),
    );
    count(
      tally,
      batch.map(({ orderId }) => orderId),
      answer.rows,
    );
  }
}

/** Reports what came back, each part on the order that it belongs to. */
export async function sendReturns(client: Client, programme: ProgrammeId, returns: readonly Allocation[], tally: Tally): Promise<void> {
  for (const batch of batchesOf(returns)) {
    const rows = batch.map(({ changeId, line, orderId, positionIndex, quantity }) => ({
      programme,
      orderId,
      event: "sale",
      op: "return" as const,
      changeId,
      occurredAt: line.occurredAt,
      positions: [{ index: positionIndex, quantity }],
    }));
    const answer = await patiently("cancellations", () =>
      client.call(changeConversion, {
        body: { rows },
        idempotencyKey: keyOf(
          "returns",
          batch.map(({ changeId }) => changeId),
        ),
      }),
    );
    count(
      tally,
      batch.map(({ changeId }) => changeId),
      answer.rows,
    );
  }
}

function count(
  tally: Tally,
  ids: readonly string[],
  receipts: readonly ({ status: "received" } | { status: "refused"; code: string; errors: readonly { detail: string }[] })[],
): void {
  for (const [index, receipt] of receipts.entries()) {
    tally.sent += 1;
    if (receipt.status === "received") tally.received += 1;
    else tally.refused.push({ id: ids[index] ?? "", code: receipt.code, detail: receipt.errors.map(({ detail }) => detail).join("; ") });
  }
}

/** Which orders the instance has already, so that a second run sends none again. */
export async function ordersKnown(client: Client, programme: ProgrammeId, orderIds: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < orderIds.length; from += 1000) {
    const answer = await patiently("known orders", () =>
      client.call(knownOrders, { body: { programme, event: "sale", orderIds: orderIds.slice(from, from + 1000) } }),
    );
    for (const orderId of answer.known) known.add(orderId);
  }
  return known;
}

export type Outcomes = { readonly byKind: Readonly<Record<string, number>>; readonly refused: readonly Refusal[]; readonly cursor: string };

/** What became of everything sent since `cursor`; waits until nothing is left to work off. */
export async function outcomesSince(client: Client, cursor: string): Promise<Outcomes> {
  const byKind: Record<string, number> = {};
  const refused: Refusal[] = [];
  let after = cursor;
  for (;;) {
    const page = await patiently("outcomes", () =>
      client.call(listConversionOutcomes, { query: { limit: 1000, ...(after ? { after } : {}) } }),
    );
    for (const row of page.rows) {
      const kind = `${row.op === "report" ? "order" : "change"} ${row.outcome}`;
      byKind[kind] = (byKind[kind] ?? 0) + 1;
      if (row.outcome === "refused") refused.push({ id: row.changeId ?? row.orderId, code: row.code ?? "", detail: row.orderId });
    }
    after = page.next;
    if (page.rows.length === 0 && page.pending === 0n) return { byKind, refused, cursor: after };
    if (page.rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function batchesOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / rowsAtOnce) }, (_, index) =>
    items.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
}

function keyOf(kind: string, ids: readonly string[]): string {
  return `replay-${kind}-${hashOf(ids.join("\n")).slice(0, 40)}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
