import { currency, instant } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { missingData } from "./completeness.ts";
import { checkVatId, type LegalEntity } from "./legal-entity.ts";

const changedAt = instant("2026-01-01T00:00:00Z");
const entity: LegalEntity = {
  org: "org_1",
  legalName: "Anna Blog",
  street: "Weg 1",
  postalCode: "10115",
  city: "Berlin",
  country: "DE",
  vatStatus: "regular",
  vatStatusSince: null,
  vatId: null,
  taxNumber: "12/345/67890",
  registrationNumber: null,
  changedAt,
};
const euro = currency("EUR");
const account = { org: "org_1", currency: euro, holder: "Anna", iban: "DE89", bic: null, accountText: null, changedAt } as const;
const fields = (given: LegalEntity | undefined) => missingData(given, [account], [euro]).map(({ field }) => field);

describe("what is missing", () => {
  test("nothing for a German with tax number and account", () => {
    expect(fields(entity)).toEqual([]);
    expect(fields({ ...entity, vatStatus: "small-business" })).toEqual([]);
  });
  test("names the field and what waits for it", () => {
    expect(fields(undefined)).toEqual(["legalEntity"]);
    expect(fields({ ...entity, vatStatus: "unknown" })).toEqual(["legalEntity.vatStatus"]);
    expect(fields({ ...entity, taxNumber: null })).toEqual(["legalEntity.taxNumber"]);
    expect(missingData(entity, [account], [euro, currency("GBP")])).toMatchObject([
      { purpose: "payout", field: "bankAccount.GBP", currency: "GBP" },
    ]);
  });
  test("reverse charge within the Union needs the VAT number, outside it does not", () => {
    expect(fields({ ...entity, country: "AT", vatStatus: "foreign-business", taxNumber: null })).toEqual(["legalEntity.vatId"]);
    expect(fields({ ...entity, country: "CH", vatStatus: "foreign-business", taxNumber: null })).toEqual([]);
  });
});

describe("a VAT number", () => {
  test.each([
    ["DE 123 456 789", "DE", "DE123456789"],
    ["ATU12345678", "AT", "ATU12345678"],
    ["CHE-123.456.789 MWST", "CH", "CHE123456789MWST"],
    ["el123456789", "GR", "EL123456789"],
    ["LT123456789", "LT", "LT123456789"],
  ])("%s fits %s", (given, country, plain) => {
    expect(checkVatId(given, country)).toEqual({ ok: true, value: plain });
  });
  test.each([
    ["DE12345678", "DE"],
    ["DE123456789", "AT"],
    ["U12345678", "AT"],
  ])("%s does not fit %s", (given, country) => {
    expect(checkVatId(given, country)).toMatchObject({ ok: false, error: { kind: "vat-id-invalid", country } });
  });
});
