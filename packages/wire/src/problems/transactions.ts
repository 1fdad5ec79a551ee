import type { ProblemType } from "./problem-type.ts";

export const transactionsProblems = {} as const satisfies Record<string, ProblemType>;
