import type { ProblemType } from "./problem-type.ts";

export const billingProblems = {} as const satisfies Record<string, ProblemType>;
