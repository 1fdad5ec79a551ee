import { currency } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { checkBankAccount, type IbanCheck } from "./bank-account.ts";

const known: IbanCheck = (iban) => ({
  electronic: iban.replaceAll(" ", ""),
  isValid: !iban.includes("00"),
  isSepa: !iban.startsWith("BR"),
});
const isBic = (bic: string) => bic.length === 8 || bic.length === 11;
const check = (code: string, iban: string | null, accountText: string | null = null, bic: string | null = null) =>
  checkBankAccount({ currency: currency(code), iban, bic, accountText }, known, isBic);

describe("a bank account", () => {
  test("in euro needs an IBAN inside SEPA", () => {
    expect(check("EUR", "DE89 3704")).toMatchObject({ ok: true, value: { iban: "DE893704" } });
    expect(check("EUR", null, "Sort code 12")).toEqual({ ok: false, error: { kind: "iban-needed", field: "iban" } });
    expect(check("EUR", "BR15")).toMatchObject({ ok: false, error: { kind: "iban-invalid", reason: "not-sepa" } });
    expect(check("EUR", "DE00")).toMatchObject({ ok: false, error: { kind: "iban-invalid", reason: "checksum" } });
  });
  test("in other currencies takes a text that says how to pay", () => {
    expect(check("GBP", null, "Sort code 12-34-56, account 12345678")).toMatchObject({ ok: true, value: { iban: null } });
    expect(check("GBP", null)).toEqual({ ok: false, error: { kind: "iban-needed", field: "accountText" } });
    expect(check("BRL", "BR15")).toMatchObject({ ok: true });
  });
  test("refuses a BIC of the wrong shape", () => {
    expect(check("EUR", "DE89", null, "cobadeff")).toMatchObject({ ok: true, value: { bic: "COBADEFF" } });
    expect(check("EUR", "DE89", null, "COBA")).toMatchObject({ ok: false, error: { field: "bic" } });
  });
});
