import type { ProblemType } from "./problem-type.ts";

export const messagingProblems = {} as const satisfies Record<string, ProblemType>;
