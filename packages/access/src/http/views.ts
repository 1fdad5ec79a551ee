import type { Instant } from "@biotop/kernel";
import type { Principal } from "@biotop/platform/http";
import type { AnswerOf, createKey, grantSigningAuthority, inviteMember, listAuditLog, revokeInvitation } from "@biotop/wire";
import { type ApiKey, keyPrefix } from "../domain/api-key.ts";
import type { AuditEntry } from "../domain/audit-chain.ts";
import { type Invitation, stateOf } from "../domain/invitation.ts";
import type { SigningAuthority } from "../domain/signing-authority.ts";
import { hasScope } from "../policy.ts";
import type { SentInvitation } from "../usecases/send-invitations.ts";

type KeyShown = AnswerOf<typeof createKey>["key"];
type AuthorityShown = AnswerOf<typeof grantSigningAuthority>;

export function invitationView(invitation: Invitation, principal: Principal, now: Instant): AnswerOf<typeof revokeInvitation> {
  const { id, kind, email, role, organisationName, offer, createdAt, expiresAt } = invitation;
  const state = stateOf(invitation, now);
  const can = { revoke: (state === "open" || state === "expired") && hasScope(principal, "members:write") };
  return { id, kind, email, role, organisationName, offer, state, createdAt, expiresAt, can };
}

export function sentInvitationView(sent: SentInvitation, principal: Principal, now: Instant): AnswerOf<typeof inviteMember> {
  return { ...sent, invitation: invitationView(sent.invitation, principal, now) };
}

export function authorityView(authority: SigningAuthority, userName: string): AuthorityShown {
  const { org: _org, programmes, ...shown } = authority;
  return { ...shown, programmes: programmes === "any" ? "any" : [...programmes], userName };
}

export function keyView(key: ApiKey, authorities: readonly AuthorityShown[], principal: Principal): KeyShown {
  const { org: _org, createdBy: _createdBy, scopes, ...shown } = key;
  const isOpen = key.revokedAt === null;
  return {
    ...shown,
    prefix: keyPrefix(key.id),
    scopes: [...scopes],
    signingAuthorities: [...authorities],
    can: {
      revoke: isOpen && hasScope(principal, "keys:write"),
      grantSigningAuthority: isOpen && principal.kind === "user" && hasScope(principal, "contracts:sign"),
    },
  };
}

export function auditView(entry: AuditEntry & { readonly actorName: string | null }): AnswerOf<typeof listAuditLog>["rows"][number] {
  return {
    // The id's form is the log's own.
    id: entry.id as `aud_${string}`,
    number: entry.number.toString(),
    at: entry.at,
    actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
    action: entry.action,
    subject: entry.subject,
    facts: JSON.parse(entry.facts) as Record<string, unknown>,
    hash: entry.hash,
  };
}
