import { type ApiKeyId, err, type Instant, type OrgId, ok, present, type Result, type UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import { scopes as allScopes, type Scope } from "@biotop/wire";
import { type AuditRow, audit } from "../db/audit.ts";
import { findKey, insertKey, revokeKeyRow } from "../db/keys.ts";
import { type ApiKey, keyText } from "../domain/api-key.ts";
import type { KeyChanged } from "../events.ts";
import { newToken, sha256 } from "../sign-in/secrets.ts";
import type { CoreDeps } from "./deps.ts";
import { ensureOperator } from "./set-up.ts";

export type NewKey = { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: Instant | null };
export type KeyWithText = { readonly key: ApiKey; readonly secret: string };

/** A key with at most the rights of the one who makes it. */
export async function createKey(
  deps: CoreDeps,
  principal: Actor,
  given: NewKey,
): Promise<Result<KeyWithText, { readonly kind: "scope-not-grantable"; readonly scopes: readonly Scope[] }>> {
  const beyond = given.scopes.filter((scope) => !principal.scopes.has(scope));
  if (beyond.length > 0) return err({ kind: "scope-not-grantable", scopes: beyond });
  return deps.db.inTransaction({ org: principal.org }, async (tx) => ok(await addKey(deps, tx, principal.org, principal, given)));
}

/** A key of the operator, made on the machine itself (`biotop key create`); works before the set-up too. */
export function createOperatorKey(deps: CoreDeps, given: Partial<NewKey> & { readonly name: string }): Promise<KeyWithText> {
  return deps.db.inTransaction("system", async (tx) => {
    const org = await ensureOperator(deps, tx);
    return addKey(deps, tx, org, "system", { name: given.name, scopes: given.scopes ?? allScopes, expiresAt: given.expiresAt ?? null });
  });
}

async function addKey(deps: CoreDeps, tx: Tx, org: OrgId, principal: AuditRow["principal"], given: NewKey): Promise<KeyWithText> {
  const id = deps.ids.next("key");
  const secret = keyText(id, newToken());
  const key: ApiKey = {
    id,
    org,
    name: given.name,
    scopes: [...new Set(given.scopes)],
    createdBy: creatorOf(principal),
    createdAt: deps.realClock.now(),
    expiresAt: given.expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  };
  await insertKey(tx, key, sha256(secret));
  await publish(tx, { type: "key.changed", key: id, org } satisfies KeyChanged);
  await audit(tx, { org, principal, action: "key.created", subject: id, facts: { scopes: key.scopes, expiresAt: key.expiresAt } });
  return { key, secret };
}

/** The person who answers for what a principal makes. */
function creatorOf(principal: AuditRow["principal"]): UserId | null {
  if (principal === "system" || principal.kind === "nobody") return null;
  return principal.kind === "user" ? principal.user : (principal.createdBy ?? null);
}

export async function revokeKey(deps: CoreDeps, principal: Actor, id: ApiKeyId): Promise<Result<ApiKey, { readonly kind: "not-found" }>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const known = await findKey(tx, id);
    if (known?.org !== org) return err({ kind: "not-found" });
    const revoked = present(await revokeKeyRow(tx, org, id, deps.realClock.now()), "a key that was found is there");
    if (known.revokedAt === null) {
      await publish(tx, { type: "key.changed", key: id, org } satisfies KeyChanged);
      await audit(tx, { org, principal, action: "key.revoked", subject: id, facts: {} });
    }
    return ok(revoked);
  });
}
