import type { ProblemType } from "./problem-type.ts";

export const billingProblems = {
  "nothing-to-pay": {
    status: 409,
    title: { de: "Es gibt nichts auszuzahlen", en: "There is nothing to pay" },
    advice: {
      de: "Unter „Offene Beträge“ steht, was jedem Beleg noch fehlt.",
      en: "The list of payables says what each document still lacks.",
    },
  },
  "document-not-payable": {
    status: 409,
    title: { de: "Ein Beleg ist noch nicht auszahlbar", en: "A document is not payable yet" },
    advice: { de: "Ergänze, was genannt ist, oder lass den Beleg weg.", en: "Add what is named, or leave the document out." },
  },
  "payer-bank-account-missing": {
    status: 409,
    title: { de: "Die Bankverbindung des Zahlers fehlt", en: "The payer's bank account is missing" },
    advice: { de: "Hinterlege sie unter Firma → Bank.", en: "Add it under Company → Bank." },
  },
  "rail-not-for-currency": {
    status: 422,
    title: { de: "SEPA-Dateien gibt es nur in Euro", en: "SEPA files exist in euro only" },
    advice: { de: "Nutze die Liste für manuelle Überweisungen.", en: "Use the list of manual transfers." },
  },
  "maker-cannot-approve": {
    status: 403,
    title: { de: "Wer einen Lauf erstellt, gibt ihn nicht frei", en: "Whoever makes a run does not approve it" },
    advice: {
      de: "Bitte ein anderes Mitglied um die Freigabe. Ein Schlüssel zählt als die Person, die ihn angelegt hat.",
      en: "Ask another member to approve it. A key counts as the person who created it.",
    },
  },
  "payout-run-changed": {
    status: 409,
    title: { de: "Der Auszahlungslauf ist nicht mehr der gesehene", en: "The payout run is no longer the one you saw" },
    advice: { de: "Lade ihn neu und prüfe ihn noch einmal.", en: "Load it again and check it once more." },
  },
  "payout-run-not-open": {
    status: 409,
    title: { de: "Der Auszahlungslauf ist nicht mehr offen", en: "The payout run is no longer open" },
  },
  "payout-run-not-approved": {
    status: 409,
    title: { de: "Der Auszahlungslauf ist nicht freigegeben", en: "The payout run is not approved" },
  },
  "payout-not-manual": {
    status: 409,
    title: { de: "Diese Auszahlung steht in einer Bankdatei", en: "This payout is part of a bank file" },
  },
} as const satisfies Record<string, ProblemType>;
