import { findOrganisations } from "@biotop/directory";
import { type OrgId, plusDays, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { insertInvitations } from "../db/invitations.ts";
import type { Invitation } from "../domain/invitation.ts";
import { invitationMail } from "../domain/invitation-mail.ts";
import { newToken, sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps } from "./deps.ts";

export type SentInvitation = {
  readonly invitation: Invitation;
  readonly token: string;
  readonly link: string;
  readonly isMailSent: boolean;
};

const validDays = 14;

type Open = Pick<Invitation, "email" | "role" | "organisationName" | "country" | "language" | "offer"> &
  ({ readonly kind: "member" | "owner"; readonly joins: OrgId } | { readonly kind: "partner"; readonly joins: null });

/** Stores invitations and hands their mails over, in the caller's transaction. Only the hash of each token stays here. */
export async function sendInvitations(deps: AccessDeps, tx: Tx, org: OrgId, given: readonly Open[]): Promise<readonly SentInvitation[]> {
  const [inviting] = await findOrganisations(tx, [org]);
  const { name } = present(inviting, "who invites is an organisation");
  const now = deps.realClock.now();
  const sent = given.map((open): SentInvitation => {
    const token = newToken();
    const invitation: Invitation = {
      ...open,
      id: deps.ids.next("inv"),
      org,
      createdAt: now,
      expiresAt: plusDays(now, validDays),
      acceptedAt: null,
      acceptedBy: null,
      acceptedOrg: null,
      revokedAt: null,
    };
    return { invitation, token, link: `${deps.publicUrl}/invitations/${token}`, isMailSent: deps.hasMailServer };
  });
  await insertInvitations(
    tx,
    sent.map(({ invitation, token }) => ({ invitation, tokenSha256: sha256(token) })),
  );
  for (const { invitation, link } of sent) {
    const { subject, text } = invitationMail(invitation, name, link);
    await deps.sendMail(tx, { org, to: invitation.email, language: invitation.language, template: "invitation", subject, text, link });
  }
  return sent;
}
