import type { ProblemType } from "./problem-type.ts";

export const directoryProblems = {
  "iban-invalid": {
    status: 422,
    title: { de: "Die IBAN stimmt nicht", en: "The IBAN is not valid" },
    advice: { de: "Prüfen Sie die Ziffern auf dem Kontoauszug.", en: "Check the digits on a bank statement." },
  },
  "iban-needed": {
    status: 422,
    title: { de: "Für Zahlungen in Euro wird eine IBAN gebraucht", en: "Payments in euro need an IBAN" },
  },
  "vat-id-invalid": {
    status: 422,
    title: { de: "Die Umsatzsteuer-ID passt nicht zum Land", en: "The VAT number does not fit the country" },
    advice: {
      de: "Sie beginnt mit dem Länderkürzel, zum Beispiel DE123456789.",
      en: "It begins with the country's letters, for example DE123456789.",
    },
  },
  "property-exists": { status: 409, title: { de: "Diese Werbefläche gibt es schon", en: "This property exists already" } },
} as const satisfies Record<string, ProblemType>;
