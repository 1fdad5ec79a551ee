import { findOrganisations } from "@biotop/directory";
import { type OrgId, type ProgrammeId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { programmesByIds } from "../../db/programmes.ts";
import type { Party } from "../../domain/agreement.ts";
import type { ReadingContext } from "../../domain/phrases.ts";
import type { Programme } from "../../domain/programme.ts";

/** Names of organisations and programmes for one answer: asked for once, in two statements. */
export type Names = {
  readonly org: (id: OrgId) => string;
  readonly programme: (id: ProgrammeId) => Programme;
  readonly reading: (programme: ProgrammeId) => ReadingContext;
};

export async function namesFor(tx: Tx, orgs: readonly OrgId[], programmes: readonly ProgrammeId[]): Promise<Names> {
  const found = new Map((await programmesByIds(tx, [...new Set(programmes)])).map((programme) => [programme.id, programme]));
  const wanted = new Set([...orgs, ...[...found.values()].map((programme) => programme.org)]);
  const names: Record<OrgId, string> = {};
  for (const organisation of await findOrganisations(tx, [...wanted])) names[organisation.id] = organisation.name;
  const programme = (id: ProgrammeId): Programme => present(found.get(id), "what names a programme names one that exists");
  return {
    org: (id) => names[id] ?? id,
    programme,
    reading: (id) => ({ names, shopCurrency: programme(id).currency }),
  };
}

export type PartyView = { org: OrgId; roles: Party["roles"]; signatory: boolean; name: string };

export function partyViews(parties: readonly Party[], names: Names): PartyView[] {
  return parties.map(({ org, roles, signatory }) => ({ org, roles, signatory, name: names.org(org) }));
}
