import { describe, expect, test } from "vitest";
import type { TaxParty } from "./tax-party.ts";
import { decideVat } from "./vat-treatment.ts";

const merchant: TaxParty = {
  org: "org_merchant",
  name: "Muster Handel GmbH",
  street: "Hauptstraße 1",
  postalCode: "10115",
  city: "Berlin",
  country: "DE",
  vatStatus: "regular",
  vatId: "DE136695976",
  taxNumber: null,
  registrationNumber: null,
};
const partner: TaxParty = { ...merchant, org: "org_partner", vatId: null, taxNumber: "11/815/08155" };

function outcome(issuer: TaxParty, supplier: TaxParty): string {
  const decided = decideVat(issuer, supplier);
  return decided.ok ? `${decided.value.category} ${decided.value.ratePpm}` : decided.error.map((reason) => reason.kind).join(", ");
}

describe("decideVat", () => {
  test("a German business supplies a German merchant with 19 % VAT", () => {
    expect(outcome(merchant, partner)).toBe("S 190000");
    expect(outcome(merchant, { ...partner, taxNumber: null })).toBe("tax-data-missing");
  });
  test("a German small business never shows VAT", () => {
    expect(outcome(merchant, { ...partner, vatStatus: "small-business" })).toBe("E 0");
  });
  test("an EU business needs a VAT ID and leaves the VAT to the merchant", () => {
    const austrian: TaxParty = { ...partner, country: "AT", vatStatus: "foreign-business", taxNumber: null };
    expect(outcome(merchant, { ...austrian, vatId: "ATU12345675" })).toBe("AE 0");
    expect(outcome(merchant, austrian)).toBe("vat-id-missing");
    expect(outcome({ ...merchant, vatId: null }, austrian)).toBe("issuer-tax-data-missing, vat-id-missing");
  });
  test("a Swiss business names its own tax number and leaves the VAT to the merchant", () => {
    const swiss: TaxParty = { ...partner, country: "CH", vatStatus: "foreign-business", taxNumber: null };
    expect(outcome(merchant, { ...swiss, vatId: "CHE-116.281.710 MWST" })).toBe("AE 0");
    expect(outcome(merchant, { ...swiss, registrationNumber: "CHE-116.281.710" })).toBe("AE 0");
    expect(outcome(merchant, swiss)).toBe("tax-data-missing");
  });
  test("a merchant outside the EU receives what is not subject to VAT here", () => {
    expect(outcome({ ...merchant, country: "CH" }, partner)).toBe("O 0");
  });
  test("what is unknown is refused by name, never guessed", () => {
    expect(outcome(merchant, { ...partner, vatStatus: "unknown" })).toBe("vat-status-unknown");
    expect(outcome(merchant, { ...partner, vatStatus: "foreign-business" })).toBe("vat-status-unknown");
    expect(outcome({ ...merchant, country: "FR" }, { ...partner, country: "FR" })).toBe("vat-rule-missing");
  });
});
