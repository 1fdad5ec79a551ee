import type { Instant, OrgId } from "@biotop/kernel";
import type { Principal } from "@biotop/platform/http";
import type { AnswerOf, listTransactions } from "@biotop/wire";
import { allowed } from "../policy.ts";
import type { ListedTransaction, Programmes } from "../usecases/read-transactions.ts";
import { reasonText } from "./reasons.ts";

export type TransactionView = AnswerOf<typeof listTransactions>["rows"][number];
export type Names = ReadonlyMap<OrgId, string>;

/** One row as a party may see it: the payer sees its whole cost, everybody else what it earns itself. */
export function transactionView(row: ListedTransaction, viewer: Principal & { readonly org: OrgId }, names: Names, programmes: Programmes) {
  const isMerchant = row.org_id === viewer.org;
  const isPayer = row.payer_org === viewer.org;
  const { settlement_currency: settlementCurrency, earned_currency: earnedCurrency } = row;
  const view: TransactionView = {
    id: row.id,
    programme: { id: row.programme_id, name: programmes.get(row.programme_id)?.name ?? row.programme_id },
    merchant: named(row.org_id, names),
    partner: row.partner_id ? named(row.partner_id, names) : null,
    orderId: row.order_id,
    event: row.event,
    category: row.category,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    pricing: row.pricing,
    pricingReason: coded(row.pricing_reason),
    validation: row.validation,
    reason: coded(row.reason),
    settlement: settlementOf(row),
    deadline: row.deadline_at,
    value: { currency: row.currency, minor: row.value_minor },
    reportedValue: { currency: row.currency, minor: row.reported_minor },
    earned: row.earned_minor === null || earnedCurrency === null ? null : { currency: earnedCurrency, minor: row.earned_minor },
    cost: (isMerchant || isPayer) && settlementCurrency !== null ? { currency: settlementCurrency, minor: row.cost_minor } : null,
    can: allowed(viewer, row.org_id, row.validation),
  };
  return view;
}

/** The least advanced line that moves money says where the whole stands. */
function settlementOf(row: ListedTransaction): TransactionView["settlement"] {
  if (row.unbilled > 0n) return "unbilled";
  if (row.billed > 0n) return "billed";
  return row.paid > 0n ? "paid" : "none";
}

export function coded(code: string | null): TransactionView["reason"] {
  return code === null ? null : { code, text: reasonText(code) };
}

export function named(id: OrgId, names: Names): { id: OrgId; name: string } {
  return { id, name: names.get(id) ?? id };
}

const separator = "_";

/** The place of a page as opaque text. */
export function placeText({ occurred_at, id }: ListedTransaction): string {
  return Buffer.from(`${occurred_at}${separator}${id}`).toString("base64url");
}

export function placeOf(text: string | undefined): { readonly at: Instant; readonly id: string } | undefined {
  if (!text) return undefined;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(cnv_[0-9a-z]+)$/.exec(Buffer.from(text, "base64url").toString());
  return match ? { at: match[1] as Instant, id: match[2] ?? "" } : undefined;
}
