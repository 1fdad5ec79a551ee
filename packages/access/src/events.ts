import type { ApiKeyId, Id, OfferId, OrgId } from "@biotop/kernel";

/** A partner has joined: it now has an organisation and may see the offer that it was invited to. */
export type InvitationAccepted = {
  readonly type: "invitation.accepted";
  readonly invitation: Id<"inv">;
  readonly kind: "member" | "partner" | "owner";
  readonly invitedBy: OrgId;
  readonly org: OrgId;
  readonly offer: OfferId | null;
};

/** The edge's key verifiers are no longer what they were. */
export type KeyChanged = { readonly type: "key.changed"; readonly key: ApiKeyId; readonly org: OrgId };

export type AccessEvent = InvitationAccepted | KeyChanged;
