import type { Currency, LocalText, OrgId } from "@biotop/kernel";

/**
 * Accounts of DIRECT settlement: the payer pays the payee itself, we keep what both must know ("memo"). Those of the payer
 * carry debit balances (what it owes), those of the payee credit balances (what it has coming). docs/ledger.md draws them.
 */
export const accountLabels = {
  "memo:accrued": { de: "Vorgemerkt (noch offen)", en: "Accrued (still open)" },
  "memo:unbilled": { de: "Freigegeben, noch nicht abgerechnet", en: "Approved, not billed yet" },
  "memo:due": { de: "Abgerechnet, zu zahlen", en: "Billed, to be paid" },
  "memo:settled": { de: "Bezahlt", en: "Settled" },
  "memo:pending": { de: "Offen", en: "Pending" },
  "memo:approved": { de: "Freigegeben", en: "Approved" },
  "memo:payable": { de: "Auszahlbar", en: "Payable" },
  "memo:paid": { de: "Ausgezahlt", en: "Paid out" },
  "memo:vat": { de: "Umsatzsteuer auf Belegen", en: "VAT on documents" },
} as const satisfies Record<string, LocalText>;

export type AccountCode = keyof typeof accountLabels;

export type AccountRef = {
  readonly owner: OrgId;
  readonly code: AccountCode;
  readonly counterparty?: OrgId;
  readonly currency: Currency;
};

export const accountCodes = Object.keys(accountLabels) as readonly AccountCode[];

export function isAccountCode(code: string): code is AccountCode {
  return Object.hasOwn(accountLabels, code);
}
