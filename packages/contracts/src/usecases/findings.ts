import { findOrganisations } from "@biotop/directory";
import { err, type OrgId, ok, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Problem } from "@biotop/wire";
import { checkParties, orgsOf, type Party, type PartyFinding, partyFinding, withRole } from "../domain/agreement.ts";
import { checkTerms, type Finding } from "../domain/check-terms.ts";
import type { Terms } from "../domain/terms.ts";

/** The findings of terms between parties; parties may still be incomplete. */
export function findingsOf(terms: Terms, parties: readonly Party[]): readonly Finding[] {
  if (parties.length === 0) return checkTerms(terms, undefined);
  return checkTerms(terms, { payer: withRole(parties, "payer"), earner: withRole(parties, "earner"), all: orgsOf(parties) });
}

/** Refuses terms or parties that cannot be put forward, naming every item. */
export async function refuseUnfit(
  tx: Tx,
  terms: Terms,
  parties: readonly Party[],
  rules: { readonly merchant: OrgId; readonly before: readonly Party[] | undefined },
): Promise<Result<undefined, Problem>> {
  const partyFindings = [...checkParties(parties, rules.merchant, rules.before), ...(await unknownOrganisations(tx, parties))];
  if (partyFindings.length > 0)
    return err({ kind: "parties-refused", errors: partyFindings.map((finding) => fieldError(finding.pointer, finding)) });
  return refuseUnfitTerms(terms, parties);
}

export function refuseUnfitTerms(terms: Terms, parties: readonly Party[]): Result<undefined, Problem> {
  const errors = findingsOf(terms, parties).filter((finding) => finding.severity === "error");
  if (errors.length === 0) return ok(undefined);
  return err({ kind: "terms-refused", errors: errors.map((finding) => fieldError(`/terms${finding.pointer}`, finding)) });
}

export async function unknownOrganisations(tx: Tx, parties: readonly Party[]): Promise<readonly PartyFinding[]> {
  const known = new Set((await findOrganisations(tx, orgsOf(parties))).map((organisation) => organisation.id));
  return parties.flatMap((party, index) => (known.has(party.org) ? [] : [partyFinding(`/parties/${index}/org`, "unknown-organisation")]));
}

export function fieldError(
  pointer: string,
  finding: Pick<Finding, "title"> & { readonly code: string },
): { readonly pointer: string; readonly code: string; readonly detail: string } {
  return { pointer, code: finding.code, detail: `${finding.title.en} / ${finding.title.de}` };
}
