export { bankAccountsOf } from "./db/bank-accounts.ts";
export { taxProfileOf } from "./db/legal-entities.ts";
export { membersOf } from "./db/members.ts";
export { findOrganisations, listOrganisations } from "./db/organisations.ts";
export { propertiesOf } from "./db/properties.ts";
export { missingForPayout } from "./usecases/missing-for-payout.ts";
