import type { ProblemType } from "./problem-type.ts";

export const ledgerProblems = {} as const satisfies Record<string, ProblemType>;
