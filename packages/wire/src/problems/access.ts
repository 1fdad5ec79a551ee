import type { ProblemType } from "./problem-type.ts";

export const accessProblems = {} as const satisfies Record<string, ProblemType>;
