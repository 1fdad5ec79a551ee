import type { SelfBillingInvoice } from "../domain/invoice.ts";

/** The model as it is archived: JSON in which integers of money are marked texts. */
export function modelText(invoice: SelfBillingInvoice): string {
  return JSON.stringify(invoice, (_key, value: unknown) => (typeof value === "bigint" ? { bigint: value.toString() } : value));
}

/** The archived model; it was written by `modelText` and never changed (the app role may not). */
export function modelOf(stored: unknown): SelfBillingInvoice {
  return revived(stored) as SelfBillingInvoice;
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "bigint" && typeof first[1] === "string") return BigInt(first[1]);
  return Object.fromEntries(entries.map(([key, part]) => [key, revived(part)]));
}
