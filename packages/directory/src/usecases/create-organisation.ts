import type { Clock, Ids, Language, TimeZone } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { publish } from "@biotop/platform/outbox";
import type { Capability } from "@biotop/wire";
import { insertOrganisation } from "../db/organisations.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { OrganisationCreated } from "../events.ts";

export type NewOrganisation = {
  readonly name: string;
  readonly country: string;
  readonly language: Language;
  readonly timeZone: TimeZone;
  readonly capabilities: readonly Capability[];
  readonly isOperator?: boolean;
};

/** Adds an organisation without members; whoever calls gives it an owner, or an invitation for one, in the same transaction. */
export async function createOrganisation(
  deps: { readonly clock: Clock; readonly ids: Ids },
  tx: Tx,
  given: NewOrganisation,
): Promise<Organisation> {
  const organisation: Organisation = {
    id: deps.ids.next("org"),
    name: given.name,
    country: given.country,
    language: given.language,
    timeZone: given.timeZone,
    capabilities: [...new Set(given.capabilities)],
    isOperator: given.isOperator ?? false,
    memberCount: 0,
    createdAt: deps.clock.now(),
  };
  await insertOrganisation(tx, organisation);
  await publish(tx, { type: "organisation.created", org: organisation.id } satisfies OrganisationCreated);
  return organisation;
}
