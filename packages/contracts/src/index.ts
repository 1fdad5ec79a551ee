export { calculate } from "./calculate.ts";
export { contractInForce, versionsByIds } from "./db/contracts.ts";
export { programmeList, programmesByIds } from "./db/programmes.ts";
export { engineVersion, needsRate } from "./domain/calculate.ts";
export type { Condition } from "./domain/condition.ts";
export type { Calculation, ConversionSnapshot, Counters, Explanation, LineResult, Position, SplitResult } from "./domain/conversion.ts";
export { afterReturn } from "./domain/returns.ts";
export type { ConversionType, Pay, Split, Terms } from "./domain/terms.ts";
