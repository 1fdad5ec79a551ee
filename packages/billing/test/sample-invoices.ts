import { currency, type Language, type LocalDate, type Month, money, present } from "@biotop/kernel";
import { type BillableLine, groupLines } from "../src/domain/group-lines.ts";
import type { AccountingVat, SelfBillingInvoice } from "../src/domain/invoice.ts";
import { makeInvoice } from "../src/domain/issue-invoice.ts";
import type { TaxParty } from "../src/domain/tax-party.ts";
import { decideVat } from "../src/domain/vat-treatment.ts";

export const merchant: TaxParty = {
  org: "org_merchant",
  name: "Gartenlust & Söhne GmbH",
  street: "Hauptstraße 1",
  postalCode: "10115",
  city: "Berlin",
  country: "DE",
  vatStatus: "regular",
  vatId: "DE136695976",
  taxNumber: "27/123/45678",
  registrationNumber: "HRB 12345 B",
};

const german: TaxParty = {
  ...merchant,
  org: "org_partner",
  name: "Blühende Seiten UG (haftungsbeschränkt)",
  street: "Gasse 3",
  postalCode: "50667",
  city: "Köln",
  vatId: null,
  taxNumber: "215/5811/8163",
  registrationNumber: null,
};
const austrian: TaxParty = {
  ...german,
  name: "Alpenblick Medien e.U.",
  country: "AT",
  city: "Graz",
  postalCode: "8010",
  vatStatus: "foreign-business",
  vatId: "ATU12345675",
  taxNumber: null,
};
const swiss: TaxParty = {
  ...austrian,
  name: "Züri Preisvergleich AG",
  country: "CH",
  city: "Zürich",
  postalCode: "8001",
  vatId: "CHE-116.281.710 MWST",
};

const euro = currency("EUR");
const pound = currency("GBP");

const plain: readonly BillableLine[] = [
  { id: "cml_1", contract: "ctr_1", programme: "Gartenlust", kind: "commission", amount: money(euro, 12_345n), corrects: null },
  { id: "cml_2", contract: "ctr_1", programme: "Gartenlust", kind: "commission", amount: money(euro, 1n), corrects: null },
  { id: "cml_3", contract: "ctr_1", programme: "Gartenlust <Outlet>", kind: "split:agency", amount: money(euro, 777n), corrects: null },
];
const corrections: readonly BillableLine[] = [
  ...plain,
  {
    id: "cml_4",
    contract: "ctr_1",
    programme: "Gartenlust",
    kind: "commission",
    amount: money(euro, -321n),
    corrects: earlier("GS-2010-000001", 1),
  },
  {
    id: "cml_5",
    contract: "ctr_1",
    programme: "Gartenlust",
    kind: "commission",
    amount: money(euro, -79n),
    corrects: earlier("GS-2010-000007", 2),
  },
];

/** One document for each case of the VAT table, with corrections and with a foreign currency. */
export const sampleInvoices: Readonly<Record<string, SelfBillingInvoice>> = {
  "German regular business": sample(german, plain, "de"),
  "German business with a VAT ID, corrections of two documents": sample({ ...german, vatId: "DE111111125" }, corrections, "de"),
  "German small business": sample({ ...german, vatStatus: "small-business" }, plain, "de"),
  "Austrian business, reverse charge": sample(austrian, corrections, "de"),
  "Swiss business, reverse charge": sample(swiss, plain, "en"),
  "British business with a register number only": sample(
    { ...swiss, country: "GB", city: "London", vatId: null, registrationNumber: "OC301234" },
    plain,
    "en",
  ),
  "German regular business in pounds, VAT also in euro": sample(german, inPounds(plain), "en", {
    vat: money(euro, 2_939n),
    rate: "0.8487",
    rateDate: "2011-02-01" as LocalDate,
  }),
  "Austrian business in pounds": sample(austrian, inPounds(plain), "en"),
  "Swiss merchant, not subject to VAT": sample({ ...german, vatId: "DE111111125" }, plain, "de", null, {
    ...merchant,
    country: "CH",
    vatId: null,
  }),
};

function sample(
  seller: TaxParty,
  lines: readonly BillableLine[],
  language: Language,
  accountingVat: AccountingVat | null = null,
  buyer: TaxParty = merchant,
): SelfBillingInvoice {
  const treatment = decideVat(buyer, seller);
  const used = present(lines[0], "a sample has lines").amount.currency;
  return makeInvoice({
    number: "GS-2011-000042",
    issuedOn: "2011-02-01" as LocalDate,
    month: "2011-01" as Month,
    language,
    seller,
    buyer,
    issuedThrough: "Biotop Beispielbetrieb",
    treatment: present(treatment.ok ? treatment.value : null, "a sample can be issued"),
    currency: used,
    lines: groupLines(used, language, lines),
    accountingVat,
  });
}

function inPounds(lines: readonly BillableLine[]): readonly BillableLine[] {
  return lines.map((line) => ({ ...line, amount: money(pound, line.amount.minor) }));
}

function earlier(number: string, position: number) {
  return { documentId: "doc_1" as const, number, issuedOn: "2011-01-01" as LocalDate, position };
}
