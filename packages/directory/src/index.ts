export { bankAccountOf, bankAccountsOf } from "./db/bank-accounts.ts";
export { saveLegalEntity, taxProfileOf, taxProfilesOf } from "./db/legal-entities.ts";
export {
  addMember,
  changeRole,
  type Membership,
  memberRole,
  membershipsOf,
  membersOf,
  organisationsWithoutOwner,
  removeMember,
} from "./db/members.ts";
export { findOrganisations, operatorOrganisation, saveOrganisation } from "./db/organisations.ts";
export type { BankAccount } from "./domain/bank-account.ts";
export type { Missing } from "./domain/completeness.ts";
export { isInEuropeanUnion, type LegalEntity, type VatStatus } from "./domain/legal-entity.ts";
export type { Member, Organisation } from "./domain/organisation.ts";
export { organisationView } from "./http/views.ts";
export { createOrganisation, type NewOrganisation } from "./usecases/create-organisation.ts";
export type { DirectoryDeps } from "./usecases/deps.ts";
export { missingForPayout } from "./usecases/missing-for-payout.ts";
export { putBankAccount } from "./usecases/put-bank-account.ts";
export { type GivenLegalEntity, putLegalEntity } from "./usecases/put-legal-entity.ts";
