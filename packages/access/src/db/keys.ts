import type { ApiKeyId, Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Scope } from "@biotop/wire";
import type { ApiKey } from "../domain/api-key.ts";

const columns = `id, org_id as org, name, scopes, created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

export type KeyWithSecret = ApiKey & { readonly secretSha256: string; readonly isUsedLately: boolean };

/** A key by id with the hash of its text, whatever its state; system scope. */
export async function findKey(tx: Tx, id: ApiKeyId): Promise<KeyWithSecret | undefined> {
  const { rows } = await tx.query<KeyWithSecret>(
    `select ${columns}, secret_sha256 as "secretSha256",
       coalesce(last_used_at > clock_timestamp() - interval '1 minute', false) as "isUsedLately" from access.api_key where id = $1`,
    [id],
    "access-key",
  );
  return rows[0];
}

/** At most once a minute, so that a busy key does not write with each request. */
export async function touchKey(tx: Tx, id: ApiKeyId): Promise<void> {
  await tx.query("update access.api_key set last_used_at = clock_timestamp() where id = $1", [id], "access-key-touch");
}

export async function keysOf(tx: Tx, org: OrgId): Promise<readonly ApiKey[]> {
  const { rows } = await tx.query<ApiKey>(`select ${columns} from access.api_key where org_id = $1 order by id desc`, [org]);
  return rows;
}

export async function insertKey(tx: Tx, key: ApiKey, secretSha256: string): Promise<void> {
  await tx.query(
    `insert into access.api_key (id, org_id, name, secret_sha256, scopes, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [key.id, key.org, key.name, secretSha256, key.scopes, key.createdBy, key.createdAt, key.expiresAt],
  );
}

export async function revokeKeyRow(tx: Tx, org: OrgId, id: ApiKeyId, at: Instant): Promise<ApiKey | undefined> {
  const { rows } = await tx.query<ApiKey>(
    `update access.api_key set revoked_at = coalesce(revoked_at, $3) where org_id = $1 and id = $2 returning ${columns}`,
    [org, id, at],
  );
  return rows[0];
}

export type KeyVerifier = {
  readonly keyId: ApiKeyId;
  readonly org: OrgId;
  readonly secretSha256: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Instant | null;
};

/** What the edge needs to check keys by itself: those that may report conversions; system scope. */
export async function edgeKeyVerifiers(tx: Tx): Promise<readonly KeyVerifier[]> {
  const { rows } = await tx.query<KeyVerifier>(
    `select id as "keyId", org_id as org, secret_sha256 as "secretSha256", scopes, expires_at as "expiresAt"
     from access.api_key where revoked_at is null and 'conversions:write' = any (scopes) order by id`,
  );
  return rows;
}
