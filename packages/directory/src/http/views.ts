import type { Principal } from "@biotop/platform/http";
import type { AnswerOf, createProperty, getOrganisation, putBankAccount, putLegalEntity } from "@biotop/wire";
import type { BankAccount } from "../domain/bank-account.ts";
import type { LegalEntity } from "../domain/legal-entity.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { Property } from "../domain/property.ts";
import { mayChange } from "../policy.ts";

/** What leaves: the name and what everybody may know. */
export function organisationView(organisation: Organisation, principal: Principal): AnswerOf<typeof getOrganisation> {
  const { memberCount, capabilities, ...shown } = organisation;
  return {
    ...shown,
    capabilities: [...capabilities],
    hasOneMember: memberCount === 1,
    can: { update: mayChange(principal, organisation.id) },
  };
}

export function legalEntityView({ org: _org, ...shown }: LegalEntity): AnswerOf<typeof putLegalEntity> {
  return shown;
}

export function bankAccountView({ org: _org, ...shown }: BankAccount): AnswerOf<typeof putBankAccount> {
  return shown;
}

export function propertyView({ org: _org, ...shown }: Property): AnswerOf<typeof createProperty> {
  return shown;
}
