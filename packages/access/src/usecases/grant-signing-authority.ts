import { type ApiKeyId, err, type Id, type Instant, type Money, ok, type Ppm, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { audit } from "../db/audit.ts";
import { findKey } from "../db/keys.ts";
import { insertAuthority, revokeAuthority } from "../db/signing-authorities.ts";
import type { SigningAuthority } from "../domain/signing-authority.ts";
import { isFreshPerson } from "../policy.ts";
import type { AccessDeps } from "./deps.ts";

export type GivenAuthority = {
  readonly key: ApiKeyId;
  readonly programmes: SigningAuthority["programmes"];
  readonly limitPpm: Ppm;
  readonly limitFixed: Money | null;
  readonly expiresAt: Instant;
};

type GrantError =
  | { readonly kind: "not-found" | "fresh-sign-in-needed" }
  | { readonly kind: "not-allowed"; readonly detail: string }
  | { readonly kind: "invalid-request"; readonly errors: readonly { pointer: string; code: string; detail: string }[] };

/** A person lets a key accept contracts in the person's own name: only with a second factor given just now. */
export function grantSigningAuthority(
  deps: AccessDeps,
  principal: Actor,
  given: GivenAuthority,
): Promise<Result<SigningAuthority, GrantError>> {
  return deps.db.inTransaction({ org: principal.org }, async (tx) => {
    if (principal.kind !== "user") return err({ kind: "not-allowed", detail: "Only a person gives signing authority, never a key." });
    if (!isFreshPerson(principal)) return err({ kind: "fresh-sign-in-needed" });
    const key = await findKey(tx, given.key);
    if (key?.org !== principal.org || key.revokedAt !== null) return err({ kind: "not-found" });
    const now = deps.clock.now();
    if (given.expiresAt <= now)
      return err({ kind: "invalid-request", errors: [{ pointer: "/expiresAt", code: "past", detail: "lies in the past" }] });

    const authority: SigningAuthority = {
      id: deps.ids.next("sga"),
      org: principal.org,
      user: principal.user,
      ...given,
      grantedAt: now,
      revokedAt: null,
    };
    await insertAuthority(tx, authority);
    const facts = {
      key: key.id,
      programmes: authority.programmes,
      limitPpm: authority.limitPpm.toString(),
      expiresAt: authority.expiresAt,
    };
    await audit(tx, { org: principal.org, principal, action: "signing-authority.granted", subject: authority.id, facts });
    return ok(authority);
  });
}

export function revokeSigningAuthority(
  deps: AccessDeps,
  principal: Actor,
  id: Id<"sga">,
): Promise<Result<SigningAuthority, { readonly kind: "not-found" }>> {
  return deps.db.inTransaction({ org: principal.org }, async (tx) => {
    const revoked = await revokeAuthority(tx, id, deps.clock.now());
    if (revoked?.org !== principal.org) return err({ kind: "not-found" });
    await audit(tx, { org: principal.org, principal, action: "signing-authority.revoked", subject: id, facts: { key: revoked.key } });
    return ok(revoked);
  });
}
