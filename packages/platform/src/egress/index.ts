export { createEgress, type Egress, type EgressAnswer, type EgressProblem, type EgressRequest } from "./egress.ts";
export { isGlobalAddress } from "./global-address.ts";
