import type { ProblemType } from "./problem-type.ts";

export const reportingProblems = {} as const satisfies Record<string, ProblemType>;
