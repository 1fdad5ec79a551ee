import type { ProblemType } from "./problem-type.ts";

export const transactionsProblems = {
  "reason-not-agreed": {
    status: 422,
    title: { de: "Dieser Ablehnungsgrund ist nicht vereinbart", en: "This reason for declining was not agreed" },
    advice: {
      de: "Der Vertrag nennt die zulässigen Gründe; wählen Sie einen davon.",
      en: "The contract names the reasons that count; choose one of them.",
    },
  },
  "too-many-transactions": {
    status: 422,
    title: { de: "Zu viele Transaktionen auf einmal", en: "Too many transactions at once" },
    advice: { de: "Grenzen Sie den Filter ein.", en: "Narrow the filter." },
  },
} as const satisfies Record<string, ProblemType>;
