import { type Membership, membershipsOf } from "@biotop/directory";
import type { Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Principal, RequestHeaders } from "@biotop/platform/http";
import { findKey, touchKey } from "../db/keys.ts";
import { findSession } from "../db/sessions.ts";
import { keyIdIn } from "../domain/api-key.ts";
import { personScopes, scopesOf } from "../domain/roles.ts";
import { isFromOwnPage, isUnsafe } from "../domain/same-origin.ts";
import { isSameText, sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps } from "./deps.ts";

/** Who asks: a key in `Authorization: Bearer`, else the session of the cookie, acting for the organisation in `Biotop-Organisation`. */
export async function resolvePrincipal(deps: AccessDeps, headers: RequestHeaders, method: string): Promise<Principal> {
  const { authorization } = headers;
  if (authorization !== undefined) return deps.db.inTransaction("system", (tx) => keyPrincipal(deps, tx, authorization, headers));

  if (isUnsafe(method) && !isFromOwnPage(headers, new URL(deps.publicUrl).origin))
    return { kind: "nobody", refusal: { kind: "foreign-origin" } };
  const token = deps.signIn.tokenIn(headers["cookie"] ?? "");
  if (token === undefined) return { kind: "nobody" };
  return deps.db.inTransaction("system", (tx) => personPrincipal(tx, token, headers["biotop-organisation"]));
}

async function keyPrincipal(deps: AccessDeps, tx: Tx, authorization: string, headers: RequestHeaders): Promise<Principal> {
  const text = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? "";
  const id = keyIdIn(text);
  const key = id && (await findKey(tx, id));
  if (!key || !isSameText(sha256(text), key.secretSha256)) return { kind: "nobody", refusal: { kind: "key-unknown" } };
  if (key.revokedAt !== null) return { kind: "nobody", refusal: { kind: "key-revoked", revokedAt: key.revokedAt } };
  if (isOver(key.expiresAt, deps.realClock.now())) return { kind: "nobody", refusal: { kind: "key-expired", expiresAt: key.expiresAt } };
  const wanted = headers["biotop-organisation"];
  if (wanted !== undefined && wanted !== key.org) return { kind: "nobody", refusal: { kind: "not-a-member" } };

  if (!key.isUsedLately) await touchKey(tx, key.id);
  const created = key.createdBy === null ? {} : { createdBy: key.createdBy };
  return { kind: "key", key: key.id, org: key.org, scopes: new Set(key.scopes), ...created };
}

async function personPrincipal(tx: Tx, token: string, wanted: string | undefined): Promise<Principal> {
  const session = await findSession(tx, token);
  if (!session) return { kind: "nobody", refusal: { kind: "session-expired" } };
  const memberships = await membershipsOf(tx, session.user);
  const acting = actingFor(memberships, wanted);
  const person = { kind: "user", user: session.user, isFresh: session.freshUntil !== null } as const;
  if (acting) return { ...person, org: acting.org, scopes: new Set(scopesOf(acting.role, acting.isOperator)) };
  const scopes = new Set(personScopes);
  return { ...person, scopes, refusal: wanted === undefined ? { kind: "no-organisation-chosen" } : { kind: "not-a-member" } };
}

/** The organisation that the request names; who belongs to one only need not name it. */
function actingFor(memberships: readonly Membership[], wanted: string | undefined): Membership | undefined {
  if (wanted !== undefined) return memberships.find(({ org }) => org === (wanted as OrgId));
  return memberships.length === 1 ? memberships[0] : undefined;
}

function isOver(expiresAt: Instant | null, now: Instant): boolean {
  return expiresAt !== null && expiresAt <= now;
}
