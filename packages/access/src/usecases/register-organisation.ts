import { addMember, createOrganisation, findOrganisations, type NewOrganisation, type Organisation } from "@biotop/directory";
import { err, ok, type Result } from "@biotop/kernel";
import type { Principal } from "@biotop/platform/http";
import type { FieldError } from "@biotop/wire";
import { audit } from "../db/audit.ts";
import type { AccessDeps } from "./deps.ts";
import { type SentInvitation, sendInvitations } from "./send-invitations.ts";

type RegisterError =
  | { readonly kind: "not-signed-in" }
  | { readonly kind: "not-allowed"; readonly detail: string }
  | { readonly kind: "invalid-request"; readonly errors: readonly FieldError[] };

export type Registered = { readonly organisation: Organisation; readonly ownerInvitation: SentInvitation | undefined };

/** A person founds an organisation and owns it; the operator's key founds one and invites its first owner. */
export function registerOrganisation(
  deps: AccessDeps,
  principal: Principal,
  given: NewOrganisation,
  ownerEmail: string | undefined,
): Promise<Result<Registered, RegisterError>> {
  return deps.db.inTransaction("system", async (tx) => {
    if (principal.kind === "nobody") return err({ kind: "not-signed-in" });
    if (principal.kind === "user") {
      const organisation = await createOrganisation(deps, tx, given);
      await addMember(tx, { org: organisation.id, user: principal.user, role: "owner", since: deps.clock.now() });
      await audit(tx, { org: organisation.id, principal, action: "organisation.created", subject: organisation.id, facts: {} });
      return ok({ organisation: { ...organisation, memberCount: 1 }, ownerInvitation: undefined });
    }
    const [operator] = await findOrganisations(tx, [principal.org]);
    if (!operator?.isOperator) return err({ kind: "not-allowed", detail: "Only a key of the operator creates organisations." });
    if (ownerEmail === undefined)
      return err({
        kind: "invalid-request",
        errors: [{ pointer: "/ownerEmail", code: "needed", detail: "A key names who is invited as first owner." }],
      });

    const organisation = await createOrganisation(deps, tx, given);
    const [ownerInvitation] = await sendInvitations(deps, tx, principal.org, [
      {
        kind: "owner",
        joins: organisation.id,
        email: ownerEmail.toLowerCase(),
        role: "owner",
        organisationName: organisation.name,
        country: organisation.country,
        language: organisation.language,
        offer: null,
      },
    ]);
    await audit(
      tx,
      ...[principal.org, organisation.id].map((org) => ({
        org,
        principal,
        action: "organisation.created",
        subject: organisation.id,
        facts: {},
      })),
    );
    return ok({ organisation, ownerInvitation });
  });
}
