import { add, type Currency, type Money, type Ppm, share, sum } from "@biotop/kernel";
import type { InvoiceTotals } from "./invoice.ts";

/** VAT is computed once for the whole category, not per position (BR-CO-17). */
export function invoiceTotals(currency: Currency, lines: readonly { readonly net: Money }[], ratePpm: Ppm): InvoiceTotals {
  const net = sum(
    currency,
    lines.map((line) => line.net),
  );
  const vat = share(net, ratePpm);
  return { net, vat, gross: add(net, vat) };
}
