import type { ProblemType } from "./problem-type.ts";

export const reportingProblems = {
  "report-period-wrong": {
    status: 422,
    title: { de: "Der Zeitraum des Berichts passt nicht", en: "The report's period does not fit" },
    advice: {
      de: "Der erste Tag liegt nicht nach dem letzten; höchstens 1.100 Tage.",
      en: "The first day is not after the last one; at most 1,100 days.",
    },
  },
} as const satisfies Record<string, ProblemType>;
