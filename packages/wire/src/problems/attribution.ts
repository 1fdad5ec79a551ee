import type { ProblemType } from "./problem-type.ts";

export const attributionProblems = {} as const satisfies Record<string, ProblemType>;
