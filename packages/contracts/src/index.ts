export { calculate } from "./calculate.ts";
export {
  type Contract,
  type ContractVersion,
  contractInForce,
  contractsInForce,
  contractsOfOrg,
  type InForceQuestion,
  versionsByIds,
  versionsOfContracts,
} from "./db/contracts.ts";
export { findOffer } from "./db/offers.ts";
export { programmeList, programmesByIds } from "./db/programmes.ts";
export { hasOpenOffer, longestClickWindows } from "./db/route-facts.ts";
export type { Party, PartyRole } from "./domain/agreement.ts";
export { engineVersion, needsRate } from "./domain/calculate.ts";
export type { Condition } from "./domain/condition.ts";
export type { Calculation, ConversionSnapshot, Counters, Explanation, LineResult, Position, SplitResult } from "./domain/conversion.ts";
export { explainLine, explainSplit } from "./domain/explain.ts";
export { declineReasons } from "./domain/fields.ts";
export type { Programme } from "./domain/programme.ts";
export { afterReturn } from "./domain/returns.ts";
export type { ConversionType, Pay, Split, Terms } from "./domain/terms.ts";
