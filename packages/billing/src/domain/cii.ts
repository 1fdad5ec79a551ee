import { decimalText, type LocalDate, type Money, type Ppm } from "@biotop/kernel";
import { type InvoiceLine, precedingDocuments, type SelfBillingInvoice, selfBillingTypeCode } from "./invoice.ts";
import type { TaxParty } from "./tax-party.ts";
import { taxRegistration, type VatTreatment } from "./vat-treatment.ts";
import { element, type XmlChild, type XmlNode, xmlText } from "./xml.ts";

/** UN/CEFACT Cross Industry Invoice D16B as EN 16931 profiles it; the order of the elements is that of the schema. */
export function ciiXml(invoice: SelfBillingInvoice): string {
  return xmlText(
    element(
      "rsm:CrossIndustryInvoice",
      [
        element("rsm:ExchangedDocumentContext", [
          element("ram:GuidelineSpecifiedDocumentContextParameter", [element("ram:ID", "urn:cen.eu:en16931:2017")]),
        ]),
        header(invoice),
        element("rsm:SupplyChainTradeTransaction", [
          ...invoice.lines.map((line) => lineItem(line, invoice.treatment)),
          agreement(invoice),
          // Mandatory in the schema even when empty; Schematron alone would not notice.
          element("ram:ApplicableHeaderTradeDelivery", []),
          settlement(invoice),
        ]),
      ],
      {
        "xmlns:rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
        "xmlns:ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
        "xmlns:qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
        "xmlns:udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
      },
    ),
  );
}

function header(invoice: SelfBillingInvoice): XmlNode {
  return element("rsm:ExchangedDocument", [
    element("ram:ID", invoice.number),
    element("ram:TypeCode", selfBillingTypeCode),
    element("ram:IssueDateTime", [day("udt:DateTimeString", invoice.issuedOn)]),
    ...invoice.notes.map((note) => element("ram:IncludedNote", [element("ram:Content", note)])),
  ]);
}

/** BR-27 forbids negative prices: a correction counts minus one. */
function lineItem(line: InvoiceLine, treatment: VatTreatment): XmlNode {
  const isCorrection = line.net.minor < 0n;
  const price = isCorrection ? { ...line.net, minor: -line.net.minor } : line.net;
  return element("ram:IncludedSupplyChainTradeLineItem", [
    element("ram:AssociatedDocumentLineDocument", [element("ram:LineID", String(line.position))]),
    element("ram:SpecifiedTradeProduct", [element("ram:Name", line.name), element("ram:Description", line.description)]),
    element("ram:SpecifiedLineTradeAgreement", [
      element("ram:NetPriceProductTradePrice", [element("ram:ChargeAmount", decimalText(price))]),
    ]),
    element("ram:SpecifiedLineTradeDelivery", [element("ram:BilledQuantity", isCorrection ? "-1" : "1", { unitCode: "C62" })]),
    element("ram:SpecifiedLineTradeSettlement", [
      element("ram:ApplicableTradeTax", [
        element("ram:TypeCode", "VAT"),
        element("ram:CategoryCode", treatment.category),
        // BR-O-05: what is not subject to VAT has no rate on the line.
        treatment.category === "O" ? null : element("ram:RateApplicablePercent", percentText(treatment.ratePpm)),
      ]),
      element("ram:SpecifiedTradeSettlementLineMonetarySummation", [element("ram:LineTotalAmount", decimalText(line.net))]),
    ]),
  ]);
}

function agreement(invoice: SelfBillingInvoice): XmlNode {
  const { printsVatIds } = invoice.treatment;
  return element("ram:ApplicableHeaderTradeAgreement", [
    party("ram:SellerTradeParty", invoice.seller, printsVatIds, true),
    party("ram:BuyerTradeParty", invoice.buyer, printsVatIds, false),
  ]);
}

function party(name: string, of: TaxParty, printsVatIds: boolean, isSeller: boolean): XmlNode {
  const registration = isSeller ? taxRegistration(of) : null;
  const vatId = printsVatIds && of.vatId !== registration ? of.vatId : null;
  return element(name, [
    // BT-29 and BT-46: our own number of the party is always there (BR-CO-26).
    element("ram:ID", of.org),
    element("ram:Name", of.name),
    of.registrationNumber ? element("ram:SpecifiedLegalOrganization", [element("ram:ID", of.registrationNumber)]) : null,
    element("ram:PostalTradeAddress", [
      of.postalCode === "" ? null : element("ram:PostcodeCode", of.postalCode),
      element("ram:LineOne", of.street),
      element("ram:CityName", of.city),
      element("ram:CountryID", of.country),
    ]),
    vatId ? element("ram:SpecifiedTaxRegistration", [element("ram:ID", vatId, { schemeID: "VA" })]) : null,
    registration ? element("ram:SpecifiedTaxRegistration", [element("ram:ID", registration, { schemeID: "FC" })]) : null,
  ]);
}

function settlement(invoice: SelfBillingInvoice): XmlNode {
  const { currency, accountingVat, periodFrom, periodTo, paymentTerms } = invoice;
  return element("ram:ApplicableHeaderTradeSettlement", [
    accountingVat ? element("ram:TaxCurrencyCode", accountingVat.vat.currency) : null,
    element("ram:InvoiceCurrencyCode", currency),
    vatBreakdown(invoice),
    element("ram:BillingSpecifiedPeriod", [
      element("ram:StartDateTime", [day("udt:DateTimeString", periodFrom)]),
      element("ram:EndDateTime", [day("udt:DateTimeString", periodTo)]),
    ]),
    element("ram:SpecifiedTradePaymentTerms", [element("ram:Description", paymentTerms)]),
    monetarySummation(invoice),
    precedingDocument(invoice),
  ]);
}

function vatBreakdown({ treatment, totals, language }: SelfBillingInvoice): XmlNode {
  return element("ram:ApplicableTradeTax", [
    element("ram:CalculatedAmount", decimalText(totals.vat)),
    element("ram:TypeCode", "VAT"),
    treatment.reason ? element("ram:ExemptionReason", treatment.reason[language]) : null,
    element("ram:BasisAmount", decimalText(totals.net)),
    element("ram:CategoryCode", treatment.category),
    treatment.reasonCode ? element("ram:ExemptionReasonCode", treatment.reasonCode) : null,
    element("ram:RateApplicablePercent", percentText(treatment.ratePpm)),
  ]);
}

function monetarySummation({ totals, accountingVat }: SelfBillingInvoice): XmlNode {
  return element("ram:SpecifiedTradeSettlementHeaderMonetarySummation", [
    element("ram:LineTotalAmount", decimalText(totals.net)),
    element("ram:TaxBasisTotalAmount", decimalText(totals.net)),
    taxTotal(totals.vat),
    accountingVat ? taxTotal(accountingVat.vat) : null,
    element("ram:GrandTotalAmount", decimalText(totals.gross)),
    element("ram:DuePayableAmount", decimalText(totals.gross)),
  ]);
}

function taxTotal(vat: Money): XmlNode {
  return element("ram:TaxTotalAmount", decimalText(vat), { currencyID: vat.currency });
}

/** BG-3. CII D16B has room for one; where corrections name several, each position's description names its own. */
function precedingDocument(invoice: SelfBillingInvoice): XmlChild {
  const newest = precedingDocuments(invoice)[0];
  if (!newest) return null;
  return element("ram:InvoiceReferencedDocument", [
    element("ram:IssuerAssignedID", newest.number),
    element("ram:FormattedIssueDateTime", [day("qdt:DateTimeString", newest.issuedOn)]),
  ]);
}

function day(name: string, date: LocalDate): XmlNode {
  return element(name, date.replaceAll("-", ""), { format: "102" });
}

/** `19.00`; a whole number of hundredths, as statutory rates are. */
function percentText(ppm: Ppm): string {
  const hundredths = ppm / 100n;
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, "0")}`;
}
