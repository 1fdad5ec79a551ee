import type { ProblemType } from "./problem-type.ts";

export const contractsProblems = {} as const satisfies Record<string, ProblemType>;
