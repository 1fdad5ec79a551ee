export { membersOf } from "./db/members.ts";
export { findOrganisations, listOrganisations } from "./db/organisations.ts";
export { missingForPayout } from "./usecases/missing-for-payout.ts";
