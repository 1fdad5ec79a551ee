import { type LegalEntity, taxProfilesOf } from "@biotop/directory";
import type { OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { TaxParty } from "../domain/tax-party.ts";

/** Legal and tax data of the parties as documents need them; system scope. */
export async function taxParties(tx: Tx, orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, TaxParty>> {
  const profiles = await taxProfilesOf(tx, [...new Set(orgs)]);
  return new Map(profiles.map((profile) => [profile.org, partyOf(profile)]));
}

function partyOf(profile: LegalEntity): TaxParty {
  const { org, legalName, street, postalCode, city, country, vatStatus, vatId, taxNumber, registrationNumber } = profile;
  return { org, name: legalName, street, postalCode, city, country, vatStatus, vatId, taxNumber, registrationNumber };
}
