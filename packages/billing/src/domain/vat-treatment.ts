import { err, type LocalText, ok, type Ppm, type Result } from "@biotop/kernel";
import type { TaxParty } from "./tax-party.ts";
import { type WaitingReason, waitingFor } from "./waiting-reason.ts";

/** EN 16931 VAT categories that commissions meet: standard, exempt, reverse charge, not subject to VAT. */
export type VatCategory = "S" | "E" | "AE" | "O";

export type VatTreatment = {
  readonly category: VatCategory;
  readonly ratePpm: Ppm;
  /** The words that the law wants on the document; none for ordinary VAT. */
  readonly reason: LocalText | null;
  readonly reasonCode: string | null;
  /** Category O documents must not print VAT IDs (BR-O-02). */
  readonly printsVatIds: boolean;
};

/** § 12 (1) UStG. The temporary 16 % of 2020-07-01 to 2020-12-31 is long over. */
const germanStandardPpm = 190_000n;

/**
 * How the supplier's service to the issuer is taxed. Business to business, place of supply is the issuer's country
 * (§ 3a (2) UStG, Art. 44 VAT Directive). What we do not know for sure is refused by name, never guessed.
 */
export function decideVat(issuer: TaxParty, supplier: TaxParty): Result<VatTreatment, readonly WaitingReason[]> {
  if (supplier.vatStatus === "unknown") return err([waitingFor("vat-status-unknown", supplier.org)]);
  if (issuer.country === supplier.country) return decideDomestic(issuer, supplier);
  if (isInEu(issuer.country)) return decideReverseCharge(issuer, supplier);
  return decideOutside(supplier);
}

function decideDomestic(issuer: TaxParty, supplier: TaxParty): Result<VatTreatment, readonly WaitingReason[]> {
  if (issuer.country !== "DE") return err([waitingFor("vat-rule-missing", issuer.org)]);
  if (!supplier.vatId && !supplier.taxNumber) return err([waitingFor("tax-data-missing", supplier.org)]);
  if (supplier.vatStatus === "small-business") return ok(germanSmallBusiness);
  if (supplier.vatStatus === "foreign-business") return err([waitingFor("vat-status-unknown", supplier.org)]);
  return ok(germanStandard);
}

function decideReverseCharge(issuer: TaxParty, supplier: TaxParty): Result<VatTreatment, readonly WaitingReason[]> {
  const missing: WaitingReason[] = [];
  // BR-AE-02: the buyer's VAT ID, and of the seller a VAT ID or, outside the EU, the number of its own tax office or register.
  if (!issuer.vatId) missing.push(waitingFor("issuer-tax-data-missing", issuer.org));
  if (isInEu(supplier.country) && !supplier.vatId) missing.push(waitingFor("vat-id-missing", supplier.org));
  if (!isInEu(supplier.country) && !taxRegistration(supplier)) missing.push(waitingFor("tax-data-missing", supplier.org));
  return missing.length > 0 ? err(missing) : ok(reverseCharge);
}

function decideOutside(supplier: TaxParty): Result<VatTreatment, readonly WaitingReason[]> {
  if (!supplier.taxNumber && !supplier.registrationNumber) return err([waitingFor("tax-data-missing", supplier.org)]);
  return ok(outsideVat);
}

/** The number that stands as BT-32 where there is no VAT ID of the EU. */
export function taxRegistration(party: TaxParty): string | null {
  if (party.taxNumber) return party.taxNumber;
  return isInEu(party.country) ? null : (party.vatId ?? party.registrationNumber);
}

const germanStandard: VatTreatment = {
  category: "S",
  ratePpm: germanStandardPpm,
  reason: null,
  reasonCode: null,
  printsVatIds: true,
};

const germanSmallBusiness: VatTreatment = {
  category: "E",
  ratePpm: 0n,
  reason: {
    de: "Steuerbefreiung für Kleinunternehmer nach § 19 UStG; es wird keine Umsatzsteuer ausgewiesen.",
    en: "Exempt as a small business (§ 19 UStG, Kleinunternehmer); no VAT is shown.",
  },
  reasonCode: null,
  printsVatIds: true,
};

const reverseCharge: VatTreatment = {
  category: "AE",
  ratePpm: 0n,
  reason: {
    de: "Steuerschuldnerschaft des Leistungsempfängers (Reverse charge)",
    en: "Reverse charge: the recipient of the service owes the VAT (Steuerschuldnerschaft des Leistungsempfängers)",
  },
  reasonCode: "VATEX-EU-AE",
  printsVatIds: true,
};

const outsideVat: VatTreatment = {
  category: "O",
  ratePpm: 0n,
  reason: {
    de: "Nicht steuerbar: der Ort der Leistung liegt beim Leistungsempfänger außerhalb der EU (Not subject to VAT)",
    en: "Not subject to VAT: the place of supply is the recipient's country outside the EU",
  },
  reasonCode: "VATEX-EU-O",
  printsVatIds: false,
};

const euCountries = new Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "));

export function isInEu(country: string): boolean {
  return euCountries.has(country);
}
