import type { ProblemType } from "./problem-type.ts";

export const ledgerProblems = {
  "rates-not-readable": {
    status: 422,
    title: { de: "Keine lesbare Kurstabelle", en: "Not a readable table of rates" },
    advice: {
      de: "Die erste Zeile muss mit „Date“ beginnen und Währungskürzel nennen, wie in der Datei der EZB.",
      en: "The first row must begin with “Date” and name currency codes, as in the ECB's file.",
    },
  },
} as const satisfies Record<string, ProblemType>;
