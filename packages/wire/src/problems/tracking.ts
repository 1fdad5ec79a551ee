import type { ProblemType } from "./problem-type.ts";

export const trackingProblems = {} as const satisfies Record<string, ProblemType>;
