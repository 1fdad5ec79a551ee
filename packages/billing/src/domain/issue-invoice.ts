import { addCalendarDays, type Language, type LocalDate, type Month, nextMonth } from "@biotop/kernel";
import type { AccountingVat, InvoiceLine, SelfBillingInvoice } from "./invoice.ts";
import type { TaxParty } from "./tax-party.ts";
import { invoiceTotals } from "./totals.ts";
import type { VatTreatment } from "./vat-treatment.ts";

export type InvoiceFacts = {
  readonly number: string;
  readonly issuedOn: LocalDate;
  readonly month: Month;
  readonly language: Language;
  readonly seller: TaxParty;
  readonly buyer: TaxParty;
  readonly issuedThrough: string;
  readonly treatment: VatTreatment;
  readonly currency: SelfBillingInvoice["currency"];
  readonly lines: readonly InvoiceLine[];
  readonly accountingVat: AccountingVat | null;
};

/** The document that these facts make; the same facts make the same document for ever. */
export function makeInvoice(facts: InvoiceFacts): SelfBillingInvoice {
  const { month, language, treatment, buyer, accountingVat, ...rest } = facts;
  const words = texts[language];
  return {
    ...rest,
    language,
    treatment,
    buyer,
    accountingVat,
    periodFrom: `${month}-01` as LocalDate,
    periodTo: addCalendarDays(`${nextMonth(month)}-01` as LocalDate, -1),
    totals: invoiceTotals(facts.currency, facts.lines, treatment.ratePpm),
    notes: [
      words.selfBilling,
      words.issuedThrough(facts.issuedThrough, buyer.name),
      ...(treatment.reason ? [treatment.reason[language]] : []),
      ...(accountingVat ? [words.accountingRate(accountingVat.rate, accountingVat.rateDate)] : []),
    ],
    paymentTerms: words.paymentTerms,
  };
}

const texts = {
  de: {
    selfBilling: "Gutschrift: Abrechnung durch den Leistungsempfänger nach § 14 Abs. 2 UStG (self-billing invoice).",
    issuedThrough: (operator: string, buyer: string) => `Ausgestellt durch ${operator} im Namen und für Rechnung von ${buyer}.`,
    paymentTerms: "Zahlbar mit dem nächsten Auszahlungslauf, sobald der vereinbarte Mindestbetrag erreicht ist.",
    accountingRate: (rate: string, date: string) => `Umsatzsteuer in Euro umgerechnet zum EZB-Referenzkurs ${rate} vom ${date}.`,
  },
  en: {
    selfBilling: "Gutschrift: self-billing invoice issued by the recipient of the service (§ 14 (2) UStG).",
    issuedThrough: (operator: string, buyer: string) => `Issued by ${operator} in the name and for the account of ${buyer}.`,
    paymentTerms: "Payable with the next payout run once the agreed minimum amount is reached.",
    accountingRate: (rate: string, date: string) => `VAT converted to euro at the ECB reference rate ${rate} of ${date}.`,
  },
} as const;
