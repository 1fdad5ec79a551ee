import type { Id, Instant, Language, OfferId, OrgId, UserId } from "@biotop/kernel";
import type { Role } from "@biotop/wire";

type Invited = {
  readonly id: Id<"inv">;
  /** Who invites. */
  readonly org: OrgId;
  readonly email: string;
  readonly role: Role;
  readonly organisationName: string | null;
  readonly country: string | null;
  readonly language: Language;
  readonly offer: OfferId | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly acceptedBy: UserId | null;
  readonly acceptedOrg: OrgId | null;
  readonly revokedAt: Instant | null;
};

/** A member or first owner joins an organisation that exists; a partner brings its own. */
export type Invitation = Invited &
  ({ readonly kind: "member" | "owner"; readonly joins: OrgId } | { readonly kind: "partner"; readonly joins: null });

export type InvitationState = "open" | "accepted" | "revoked" | "expired";

export function stateOf(invitation: Invitation, at: Instant): InvitationState {
  if (invitation.acceptedAt !== null) return "accepted";
  if (invitation.revokedAt !== null) return "revoked";
  return at < invitation.expiresAt ? "open" : "expired";
}

export type ClosedInvitation = { readonly kind: "invitation-expired" | "invitation-used" | "invitation-revoked" };

/** Why an invitation can no longer be accepted; `undefined` while it is open. */
export function whyClosed(invitation: Invitation, at: Instant): ClosedInvitation | undefined {
  const state = stateOf(invitation, at);
  if (state === "open") return undefined;
  if (state === "accepted") return { kind: "invitation-used" };
  return { kind: state === "revoked" ? "invitation-revoked" : "invitation-expired" };
}
