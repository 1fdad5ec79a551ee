import { type Currency, err, type Instant, type OrgId, ok, type Result } from "@biotop/kernel";

/** Where an organisation is paid in one currency. */
export type BankAccount = {
  readonly org: OrgId;
  readonly currency: Currency;
  readonly holder: string;
  /** Electronic format, without spaces. */
  readonly iban: string | null;
  readonly bic: string | null;
  /** How to pay by hand, where there is no IBAN. */
  readonly accountText: string | null;
  readonly changedAt: Instant;
};

/** What the check of an IBAN has to say; the rules come from a library. */
export type IbanCheck = (iban: string) => { readonly isValid: boolean; readonly isSepa: boolean; readonly electronic: string };
export type BicCheck = (bic: string) => boolean;

export type GivenAccount = {
  readonly currency: Currency;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly accountText: string | null;
};

export type BankAccountError =
  | { readonly kind: "iban-invalid"; readonly field: "iban" | "bic"; readonly reason: "checksum" | "not-sepa" | "bic" }
  | { readonly kind: "iban-needed"; readonly field: "iban" | "accountText" };

/** Euro goes by SEPA and needs an IBAN there; other currencies take an IBAN or a text. */
export function checkBankAccount(given: GivenAccount, checkIban: IbanCheck, isBic: BicCheck): Result<GivenAccount, BankAccountError> {
  const bic = given.bic?.toUpperCase().replaceAll(" ", "") || null;
  const accountText = given.accountText || null;
  if (!given.iban) {
    if (given.currency === "EUR") return err({ kind: "iban-needed", field: "iban" });
    if (!accountText) return err({ kind: "iban-needed", field: "accountText" });
    return ok({ currency: given.currency, iban: null, bic: null, accountText });
  }
  const { isValid, isSepa, electronic } = checkIban(given.iban);
  if (!isValid) return err({ kind: "iban-invalid", field: "iban", reason: "checksum" });
  if (given.currency === "EUR" && !isSepa) return err({ kind: "iban-invalid", field: "iban", reason: "not-sepa" });
  if (bic && !isBic(bic)) return err({ kind: "iban-invalid", field: "bic", reason: "bic" });
  return ok({ currency: given.currency, iban: electronic, bic, accountText });
}
