import { operatorOrganisation, organisationsWithoutOwner } from "@biotop/directory";
import type { Tx } from "@biotop/platform/db";
import type { InvariantCheck } from "@biotop/platform/module";
import { brokenAuditChains } from "./db/audit-log.ts";
import { organisationsWithOwnerInvitation } from "./db/invitations.ts";
import { setupToken } from "./db/setup-token.ts";

/** What `biotop verify` checks of access. */
export const accessInvariants: readonly InvariantCheck[] = [
  {
    id: "access.audit-append-only",
    statement: "each organisation's audit log is an unbroken chain of hashes up to its end",
    violations: brokenAuditChains,
  },
  {
    id: "access.organisation-owned",
    statement: "every organisation has an owner or an open invitation for one; the operator may wait for the set-up",
    violations: unownedOrganisations,
  },
];

async function unownedOrganisations(tx: Tx): Promise<readonly string[]> {
  const unowned = await organisationsWithoutOwner(tx);
  const invited = await organisationsWithOwnerInvitation(tx, unowned);
  const operator = await operatorOrganisation(tx);
  const isWaiting = !(await setupToken(tx))?.isUsed;
  return unowned.filter((org) => !invited.has(org) && !(isWaiting && org === operator?.id)).slice(0, 20);
}
