import type { Instant, LocalText, OrgId } from "@biotop/kernel";

/** Why money is not paid yet: one missing thing, by name. */
export type WaitingReason = {
  readonly kind: WaitingKind;
  readonly text: LocalText;
  /** Whose move it is; nobody's where only time must pass. */
  readonly whose: OrgId | null;
  readonly until: Instant | null;
};

export type WaitingKind = keyof typeof texts;

export function waitingFor(kind: WaitingKind, whose: OrgId | null = null, until: Instant | null = null): WaitingReason {
  return { kind, text: texts[kind], whose, until };
}

const texts = {
  "waiting-for-validation": { de: "Der Händler prüft noch", en: "The merchant is still validating" },
  "waiting-for-month-end": { de: "Der Beleg entsteht zum Monatsende", en: "The document is issued at the end of the month" },
  "self-billing-not-agreed": {
    de: "Der Vertrag sieht keine Abrechnung per Gutschrift vor",
    en: "The contract does not agree to self-billing",
  },
  "issuer-address-missing": { de: "Die Anschrift des Zahlers fehlt", en: "The payer's address is missing" },
  "issuer-tax-data-missing": { de: "Steuerdaten des Zahlers fehlen (USt-IdNr.)", en: "The payer's tax data is missing (VAT ID)" },
  "supplier-address-missing": { de: "Die Anschrift des Empfängers fehlt", en: "The payee's address is missing" },
  "tax-data-missing": { de: "Steuernummer oder USt-IdNr. des Empfängers fehlt", en: "The payee's tax number or VAT ID is missing" },
  "vat-status-unknown": { de: "Der Umsatzsteuer-Status des Empfängers ist unbekannt", en: "The payee's VAT status is unknown" },
  "vat-id-missing": { de: "Die USt-IdNr. des Empfängers fehlt", en: "The payee's VAT ID is missing" },
  "vat-rule-missing": {
    de: "Für diese Länder ist keine Steuerregel hinterlegt; bitte Steuerberatung fragen",
    en: "There is no VAT rule for these countries yet; please ask a tax adviser",
  },
  "exchange-rate-missing": { de: "Der Wechselkurs des Belegtages fehlt", en: "The exchange rate of the document's day is missing" },
  "currency-not-billable": {
    de: "Währungen mit drei Nachkommastellen kennt die E-Rechnung nicht (EN 16931)",
    en: "E-invoices know no currency with three decimals (EN 16931)",
  },
  "negative-balance": {
    de: "Der Saldo ist negativ und wird vorgetragen",
    en: "The balance is negative and is carried forward",
  },
  "below-threshold": { de: "Der Mindestbetrag ist noch nicht erreicht", en: "The minimum amount is not reached yet" },
  "bank-account-missing": { de: "Die Bankverbindung des Empfängers fehlt", en: "The payee's bank account is missing" },
  "bank-account-changed": {
    de: "Die Bankverbindung wurde gerade geändert; 72 Stunden Sicherheitsfrist",
    en: "The bank account has just been changed; it rests for 72 hours",
  },
  "payer-bank-account-missing": { de: "Die Bankverbindung des Zahlers fehlt", en: "The payer's bank account is missing" },
  "on-hold": { de: "Der Zahler hat den Beleg angehalten", en: "The payer put the document on hold" },
  "in-payout-run": { de: "Steht in einem Auszahlungslauf", en: "Is part of a payout run" },
} as const satisfies Record<string, LocalText>;
