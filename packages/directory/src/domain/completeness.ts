import type { Currency, LocalText } from "@biotop/kernel";
import type { BankAccount } from "./bank-account.ts";
import { isInEuropeanUnion, type LegalEntity } from "./legal-entity.ts";

/** One thing that an organisation still has to fill in, and what waits for it. */
export type Missing = {
  readonly purpose: "documents" | "payout";
  /** `legalEntity.vatId`, `bankAccount.EUR`. */
  readonly field: string;
  readonly label: LocalText;
  readonly currency: Currency | null;
};

/** What is missing before documents can be issued to the organisation and money can be paid in these currencies. */
export function missingData(
  entity: LegalEntity | undefined,
  accounts: readonly BankAccount[],
  currencies: readonly Currency[],
): readonly Missing[] {
  return [...missingForDocuments(entity), ...missingAccounts(accounts, currencies)];
}

function missingForDocuments(entity: LegalEntity | undefined): readonly Missing[] {
  if (!entity) return [document("legalEntity", { de: "Firmierung und Anschrift", en: "Legal name and address" })];
  const missing: Missing[] = [];
  if (entity.vatStatus === "unknown") missing.push(document("legalEntity.vatStatus", { de: "Umsatzsteuer-Status", en: "VAT status" }));
  const isTaxedAtHome = entity.vatStatus === "regular" || entity.vatStatus === "small-business";
  // § 14 (4) no. 2 UStG: the tax number or the VAT number of the one who supplies.
  if (entity.country === "DE" && isTaxedAtHome && !entity.taxNumber && !entity.vatId)
    missing.push(document("legalEntity.taxNumber", { de: "Steuernummer oder USt-IdNr.", en: "Tax number or VAT number" }));
  // Art. 226 no. 3 and 4 VAT Directive: reverse charge within the Union needs the VAT number.
  if (entity.country !== "DE" && isInEuropeanUnion(entity.country) && entity.vatStatus !== "unknown" && !entity.vatId)
    missing.push(document("legalEntity.vatId", { de: "USt-IdNr.", en: "VAT number" }));
  return missing;
}

function missingAccounts(accounts: readonly BankAccount[], currencies: readonly Currency[]): readonly Missing[] {
  return currencies
    .filter((currency) => !accounts.some((account) => account.currency === currency))
    .map((currency) => ({
      purpose: "payout",
      field: `bankAccount.${currency}`,
      label: { de: `Bankverbindung für ${currency}`, en: `Bank account for ${currency}` },
      currency,
    }));
}

function document(field: string, label: LocalText): Missing {
  return { purpose: "documents", field, label, currency: null };
}
