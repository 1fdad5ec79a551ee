import type { ProblemType } from "./problem-type.ts";

export const directoryProblems = {} as const satisfies Record<string, ProblemType>;
