import { type ApiKeyId, type Currency, type Id, type Instant, money, type OrgId, type ProgrammeId, type UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { isInForce, type SigningAuthority } from "../domain/signing-authority.ts";

type Row = {
  readonly id: Id<"sga">;
  readonly org_id: OrgId;
  readonly key_id: ApiKeyId;
  readonly user_id: UserId;
  readonly programmes: readonly ProgrammeId[] | null;
  readonly limit_ppm: bigint;
  readonly limit_fixed_minor: bigint | null;
  readonly limit_fixed_currency: Currency | null;
  readonly granted_at: Instant;
  readonly expires_at: Instant;
  readonly revoked_at: Instant | null;
};

const columns = `id, org_id, key_id, user_id, programmes, limit_ppm, limit_fixed_minor, limit_fixed_currency,
  granted_at, expires_at, revoked_at`;

/** What a key may accept at a moment of business time, and in whose name; the newest authorities first. */
export async function signingAuthoritiesOf(tx: Tx, key: ApiKeyId, at: Instant): Promise<readonly SigningAuthority[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from access.signing_authority where key_id = $1 order by granted_at desc, id desc`,
    [key],
  );
  return rows.map(authorityOf).filter((authority) => isInForce(authority, at));
}

/** The newest authority of a key that is in force at a moment of business time. */
export async function signingAuthorityOf(tx: Tx, key: ApiKeyId, at: Instant): Promise<SigningAuthority | undefined> {
  return (await signingAuthoritiesOf(tx, key, at))[0];
}

export async function authoritiesOfOrg(tx: Tx, org: OrgId): Promise<readonly SigningAuthority[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from access.signing_authority where org_id = $1 order by granted_at desc, id desc`,
    [org],
  );
  return rows.map(authorityOf);
}

export async function insertAuthority(tx: Tx, authority: SigningAuthority): Promise<void> {
  await tx.query(
    `insert into access.signing_authority (id, org_id, key_id, user_id, programmes, limit_ppm, limit_fixed_minor,
       limit_fixed_currency, granted_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      authority.id,
      authority.org,
      authority.key,
      authority.user,
      authority.programmes === "any" ? null : authority.programmes,
      authority.limitPpm,
      authority.limitFixed?.minor ?? null,
      authority.limitFixed?.currency ?? null,
      authority.grantedAt,
      authority.expiresAt,
    ],
  );
}

/** Ends an authority; one that ended before stays as it is. */
export async function revokeAuthority(tx: Tx, id: Id<"sga">, at: Instant): Promise<SigningAuthority | undefined> {
  const { rows } = await tx.query<Row>(
    `update access.signing_authority set revoked_at = coalesce(revoked_at, $2) where id = $1 returning ${columns}`,
    [id, at],
  );
  return rows[0] && authorityOf(rows[0]);
}

/** A person who leaves an organisation binds it no more. */
export async function revokeAuthoritiesOfUser(tx: Tx, org: OrgId, user: UserId, at: Instant): Promise<void> {
  await tx.query("update access.signing_authority set revoked_at = $3 where org_id = $1 and user_id = $2 and revoked_at is null", [
    org,
    user,
    at,
  ]);
}

function authorityOf(row: Row): SigningAuthority {
  const { limit_fixed_currency: currency, limit_fixed_minor: minor } = row;
  return {
    id: row.id,
    org: row.org_id,
    key: row.key_id,
    user: row.user_id,
    programmes: row.programmes ?? "any",
    limitPpm: row.limit_ppm,
    limitFixed: currency !== null && minor !== null ? money(currency, minor) : null,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
