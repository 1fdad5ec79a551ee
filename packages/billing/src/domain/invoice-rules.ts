import { minorDigits } from "@biotop/kernel";
import type { SelfBillingInvoice } from "./invoice.ts";
import type { TaxParty } from "./tax-party.ts";
import { invoiceTotals } from "./totals.ts";
import { taxRegistration } from "./vat-treatment.ts";

/**
 * The rules of EN 16931 and § 14 UStG that our documents can break, checked before a number is used up. A broken one is a
 * bug of ours: missing data of a party was named long before.
 */
export function brokenRules(invoice: SelfBillingInvoice): readonly string[] {
  return rules.filter((rule) => !rule.holds(invoice)).map((rule) => rule.id);
}

type Rule = { readonly id: string; readonly holds: (invoice: SelfBillingInvoice) => boolean };

const rules: readonly Rule[] = [
  { id: "BR-02: an invoice has a number", holds: ({ number }) => number !== "" },
  { id: "BR-16: an invoice has at least one line", holds: ({ lines }) => lines.length > 0 },
  { id: "BR-21: line numbers are unique", holds: ({ lines }) => new Set(lines.map((line) => line.position)).size === lines.length },
  { id: "BR-25: every line has a name", holds: ({ lines }) => lines.every((line) => line.name.trim() !== "") },
  { id: "BR-29: the period ends after it begins", holds: ({ periodFrom, periodTo }) => periodFrom <= periodTo },
  { id: "BR-08: the seller has an address", holds: ({ seller }) => hasAddress(seller) },
  { id: "BR-10: the buyer has an address", holds: ({ buyer }) => hasAddress(buyer) },
  { id: "BR-CO-10, -13, -15, -17: the totals are those of the lines", holds: hasRightTotals },
  { id: "BR-CO-25: payment terms say when the amount is paid", holds: ({ paymentTerms }) => paymentTerms.trim() !== "" },
  { id: "BR-DEC: amounts have at most two decimals", holds: ({ currency }) => minorDigits(currency) <= 2 },
  { id: "BR-S-02, BR-E-02, BR-AE-02: the parties' tax numbers are there", holds: hasTaxNumbers },
  { id: "BR-E-10, BR-AE-10, BR-O-10: what bears no VAT says why", holds: hasReason },
  { id: "BR-53: VAT in the accounting currency where VAT is due in another one", holds: hasAccountingVat },
  { id: "§ 14 (4) no. 10 UStG: the word Gutschrift", holds: ({ notes }) => notes.some((note) => note.includes("Gutschrift")) },
  {
    id: "corrections name document and position",
    holds: ({ lines }) => lines.every((line) => line.net.minor >= 0n || line.corrects !== null),
  },
  { id: "a document pays something", holds: ({ totals }) => totals.net.minor > 0n },
];

function hasAddress(party: TaxParty): boolean {
  return [party.name, party.street, party.city].every((text) => text.trim() !== "") && /^[A-Z]{2}$/.test(party.country);
}

function hasRightTotals({ currency, lines, totals, treatment }: SelfBillingInvoice): boolean {
  const right = invoiceTotals(currency, lines, treatment.ratePpm);
  const pairs = [
    [right.net, totals.net],
    [right.vat, totals.vat],
    [right.gross, totals.gross],
  ] as const;
  return pairs.every(([a, b]) => a.minor === b.minor && a.currency === b.currency);
}

function hasTaxNumbers({ treatment, seller, buyer }: SelfBillingInvoice): boolean {
  const sellerHas = seller.vatId !== null || taxRegistration(seller) !== null;
  switch (treatment.category) {
    case "S":
    case "E":
      return sellerHas;
    case "AE":
      return sellerHas && buyer.vatId !== null;
    case "O":
      return taxRegistration(seller) !== null;
  }
}

function hasReason({ treatment }: SelfBillingInvoice): boolean {
  return treatment.category === "S" ? treatment.reason === null : treatment.reason !== null && treatment.ratePpm === 0n;
}

function hasAccountingVat({ accountingVat, totals, currency, treatment }: SelfBillingInvoice): boolean {
  if (accountingVat) return accountingVat.vat.currency !== currency;
  return totals.vat.minor === 0n || currency === "EUR" || treatment.category !== "S";
}
