import { findOrganisations } from "@biotop/directory";
import { err, type Id, type OrgId, ok, present, type Result } from "@biotop/kernel";
import type { Actor, Principal } from "@biotop/platform/http";
import { audit } from "../db/audit.ts";
import { invitationById, invitationByToken, markRevoked } from "../db/invitations.ts";
import { peopleById, personByEmail } from "../db/people.ts";
import { type ClosedInvitation, type Invitation, stateOf, whyClosed } from "../domain/invitation.ts";
import { sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps } from "./deps.ts";

export type InvitationRead = {
  readonly invitation: Invitation;
  readonly invitedBy: { readonly id: OrgId; readonly name: string };
  readonly hasAccount: boolean;
  readonly isForMe: boolean;
};

/** What somebody with the link may see. */
export function readInvitation(
  deps: AccessDeps,
  principal: Principal,
  token: string,
): Promise<Result<InvitationRead, ClosedInvitation | { readonly kind: "not-found" }>> {
  return deps.db.inTransaction("system", async (tx) => {
    const invitation = await invitationByToken(tx, sha256(token));
    if (!invitation) return err({ kind: "not-found" });
    const closed = whyClosed(invitation, deps.realClock.now());
    if (closed) return err(closed);

    const [inviting] = await findOrganisations(tx, [invitation.org]);
    const { id, name } = present(inviting, "who invites is an organisation");
    const me = principal.kind === "user" ? (await peopleById(tx, [principal.user]))[0] : undefined;
    const hasAccount = (await personByEmail(tx, invitation.email)) !== undefined;
    return ok({ invitation, invitedBy: { id, name }, hasAccount, isForMe: me?.email === invitation.email });
  });
}

export function revokeInvitation(
  deps: AccessDeps,
  principal: Actor,
  id: Id<"inv">,
): Promise<Result<Invitation, { readonly kind: "not-found" | "invitation-used" }>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const invitation = await invitationById(tx, org, id);
    if (!invitation) return err({ kind: "not-found" });
    const now = deps.realClock.now();
    if (stateOf(invitation, now) === "accepted") return err({ kind: "invitation-used" });
    if (invitation.revokedAt !== null) return ok(invitation);

    await markRevoked(tx, id, now);
    await audit(tx, { org, principal, action: "invitation.revoked", subject: id, facts: { kind: invitation.kind } });
    return ok({ ...invitation, revokedAt: now });
  });
}
