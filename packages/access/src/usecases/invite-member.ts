import { findOrganisations, memberRole } from "@biotop/directory";
import { err, type Language, ok, present, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { Role } from "@biotop/wire";
import { audit } from "../db/audit.ts";
import { revokeOpenMemberInvitations } from "../db/invitations.ts";
import { personByEmail } from "../db/people.ts";
import { mayGrantRole } from "../domain/roles.ts";
import type { AccessDeps } from "./deps.ts";
import { type SentInvitation, sendInvitations } from "./send-invitations.ts";

type InviteError = { readonly kind: "already-member" | "scope-not-grantable" };

export function inviteMember(
  deps: AccessDeps,
  principal: Actor,
  given: { readonly email: string; readonly role: Role; readonly language?: Language | undefined },
): Promise<Result<SentInvitation, InviteError>> {
  const { org } = principal;
  const email = given.email.toLowerCase();
  return deps.db.inTransaction({ org }, async (tx) => {
    if (!(await mayGive(tx, principal, given.role))) return err({ kind: "scope-not-grantable" });
    const known = await personByEmail(tx, email);
    if (known && (await memberRole(tx, org, known.id))) return err({ kind: "already-member" });

    await revokeOpenMemberInvitations(tx, org, email, deps.realClock.now());
    const [organisation] = await findOrganisations(tx, [org]);
    const language = given.language ?? organisation?.language ?? "en";
    const sent = await sendInvitations(deps, tx, org, [
      { kind: "member", joins: org, email, role: given.role, organisationName: null, country: null, language, offer: null },
    ]);
    const first = present(sent[0], "one invitation was sent");
    const facts = { kind: "member", role: given.role };
    await audit(tx, { org, principal, action: "invitation.sent", subject: first.invitation.id, facts });
    return ok(first);
  });
}

/** A person gives what the own role allows, a key every role but the owner's. */
export async function mayGive(tx: Tx, principal: Actor, role: Role): Promise<boolean> {
  if (principal.kind === "key") return role !== "owner";
  const own = await memberRole(tx, principal.org, principal.user);
  return own !== undefined && mayGrantRole(own, role);
}
