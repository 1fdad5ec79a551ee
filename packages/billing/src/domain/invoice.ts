import type { Currency, DocumentId, Language, LocalDate, Money } from "@biotop/kernel";
import type { TaxParty } from "./tax-party.ts";
import type { VatTreatment } from "./vat-treatment.ts";

/** EN 16931 invoice type code of a self-billed invoice; in German a Gutschrift. */
export const selfBillingTypeCode = "389";

/** The semantic model of a self-billing invoice; serialisers and the PDF know nothing else. */
export type SelfBillingInvoice = {
  readonly number: string;
  readonly issuedOn: LocalDate;
  readonly language: Language;
  readonly currency: Currency;
  readonly periodFrom: LocalDate;
  readonly periodTo: LocalDate;
  /** The supplier of the service, who receives the document and the money. */
  readonly seller: TaxParty;
  /** The recipient of the service, who issues the document and pays. */
  readonly buyer: TaxParty;
  /** Who runs the instance and issues in the buyer's name and for its account. */
  readonly issuedThrough: string;
  readonly treatment: VatTreatment;
  readonly lines: readonly InvoiceLine[];
  readonly totals: InvoiceTotals;
  /** BT-6 and BT-111: VAT in the currency of the tax return, where the document has another one. */
  readonly accountingVat: AccountingVat | null;
  readonly notes: readonly string[];
  readonly paymentTerms: string;
};

export type InvoiceLine = {
  readonly position: number;
  readonly name: string;
  readonly description: string;
  /** How many commission lines the position sums up. */
  readonly transactions: number;
  readonly net: Money;
  readonly corrects: CorrectedPosition | null;
};

/** The earlier position that a correction takes back in part. */
export type CorrectedPosition = {
  readonly documentId: DocumentId;
  readonly number: string;
  readonly issuedOn: LocalDate;
  readonly position: number;
};

export type InvoiceTotals = { readonly net: Money; readonly vat: Money; readonly gross: Money };

export type AccountingVat = { readonly vat: Money; readonly rate: string; readonly rateDate: LocalDate };

/** The documents that corrections name, each once, the newest first. */
export function precedingDocuments(invoice: Pick<SelfBillingInvoice, "lines">): readonly CorrectedPosition[] {
  const byNumber = new Map<string, CorrectedPosition>();
  for (const { corrects } of invoice.lines) if (corrects) byNumber.set(corrects.number, corrects);
  return [...byNumber.values()].sort((a, b) => (a.number < b.number ? 1 : -1));
}
