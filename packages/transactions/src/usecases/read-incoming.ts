import { createHash } from "node:crypto";
import { canonicalJson, err, type Instant, type Json, ok, type Result } from "@biotop/kernel";
import { conversionChange, conversionRow } from "@biotop/wire";
import type { Change } from "../domain/change.ts";
import type { ConversionKey, Report } from "../domain/conversion.ts";

export type IncomingReport = { readonly report: Report; readonly contentHash: string };
export type IncomingChange = { readonly key: ConversionKey; readonly change: Change; readonly contentHash: string };

/** A journalled row is in wire notation; the edge checked it, and it is read by the same schema again. */
export function readReport(body: string): Result<IncomingReport, { readonly kind: "invalid-field"; readonly detail: string }> {
  const raw: unknown = JSON.parse(body);
  const parsed = conversionRow.safeParse(raw);
  if (!parsed.success) return err({ kind: "invalid-field", detail: parsed.error.issues[0]?.path.join("/") ?? "" });
  const row = parsed.data;
  return ok({
    contentHash: contentHash(raw as Json),
    report: {
      programme: row.programme,
      orderId: row.orderId,
      event: row.event,
      category: row.category ?? "",
      occurredAt: row.occurredAt,
      currency: row.currency,
      netMinor: row.amountMinor,
      positions: (row.positions ?? []).map((position, index) => ({
        index,
        sku: position.sku,
        group: position.group,
        category: position.category,
        quantity: position.quantity,
        netMinor: position.amountMinor,
      })),
      vouchers: row.vouchers,
      customerStatus: row.customer?.status,
      country: row.country,
      clickIds: [...new Set(row.clickIds)],
      status: row.status,
      isTest: row.test,
    },
  });
}

export function readChange(body: string, at: Instant): Result<IncomingChange, { readonly kind: "invalid-field"; readonly detail: string }> {
  const raw: unknown = JSON.parse(body);
  const parsed = conversionChange.safeParse(raw);
  if (!parsed.success) return err({ kind: "invalid-field", detail: parsed.error.issues[0]?.path.join("/") ?? "" });
  const row = parsed.data;
  const key = { programme: row.programme, orderId: row.orderId, event: row.event, category: row.category ?? "" };
  const base = { changeId: row.changeId, at, source: "api" } as const;
  return ok({ key, contentHash: contentHash(raw as Json), change: { ...base, ...operation(row) } });
}

function operation(row: ReturnType<typeof conversionChange.parse>) {
  switch (row.op) {
    case "approve":
      return { op: "approve" } as const;
    case "decline":
      return { op: "decline", reason: row.reason } as const;
    case "return":
      return { op: "return", positions: row.positions } as const;
    case "amount":
      return {
        op: "amount",
        netMinor: row.amountMinor,
        positions: (row.positions ?? []).map((position, index) => ({
          index,
          sku: position.sku,
          group: position.group,
          category: position.category,
          quantity: position.quantity,
          netMinor: position.amountMinor,
        })),
      } as const;
    default:
      return row satisfies never;
  }
}

/** What must be equal for a repeat to be harmless; the clicks that a shop happens to name with it are part of it. */
function contentHash(body: Json): string {
  return createHash("sha256").update(canonicalJson(body)).digest("base64url");
}
