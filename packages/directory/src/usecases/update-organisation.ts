import { err, type OrgId, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { findOrganisations, saveOrganisation } from "../db/organisations.ts";
import type { Organisation } from "../domain/organisation.ts";
import { mayChange } from "../policy.ts";
import type { NewOrganisation } from "./create-organisation.ts";
import type { DirectoryDeps } from "./deps.ts";

type Change = { readonly [Key in keyof Omit<NewOrganisation, "isOperator">]?: NewOrganisation[Key] | undefined };

export function updateOrganisation(
  deps: DirectoryDeps,
  principal: Actor,
  org: OrgId,
  change: Change,
): Promise<Result<Organisation, { readonly kind: "not-found" }>> {
  return deps.db.inTransaction({ org: principal.org }, async (tx) => {
    const [known] = await findOrganisations(tx, [org]);
    if (!known || !mayChange(principal, org)) return err({ kind: "not-found" });

    const changed: Organisation = {
      ...known,
      name: change.name ?? known.name,
      country: change.country ?? known.country,
      language: change.language ?? known.language,
      timeZone: change.timeZone ?? known.timeZone,
      capabilities: change.capabilities ? [...new Set(change.capabilities)] : known.capabilities,
    };
    await saveOrganisation(tx, changed);
    const fields = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await deps.audit(tx, { org, principal, action: "organisation.changed", subject: org, facts: { fields } });
    return ok(changed);
  });
}
