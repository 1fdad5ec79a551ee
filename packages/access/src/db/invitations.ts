import type { Id, Instant, OrgId, UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Invitation } from "../domain/invitation.ts";

const columns = `id, org_id as org, kind, joins_org as joins, email, role, organisation_name as "organisationName", country, language,
  offer_id as offer, created_at as "createdAt", expires_at as "expiresAt", accepted_at as "acceptedAt", accepted_by as "acceptedBy",
  accepted_org as "acceptedOrg", revoked_at as "revokedAt"`;

export type InvitationWithToken = { readonly invitation: Invitation; readonly tokenSha256: string };

export async function insertInvitations(tx: Tx, rows: readonly InvitationWithToken[]): Promise<void> {
  const all = rows.map(({ invitation }) => invitation);
  await tx.query(
    `insert into access.invitation (id, org_id, kind, joins_org, email, role, organisation_name, country, language, offer_id,
       token_sha256, created_at, expires_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])`,
    [
      all.map(({ id }) => id),
      all.map(({ org }) => org),
      all.map(({ kind }) => kind),
      all.map(({ joins }) => joins),
      all.map(({ email }) => email),
      all.map(({ role }) => role),
      all.map(({ organisationName }) => organisationName),
      all.map(({ country }) => country),
      all.map(({ language }) => language),
      all.map(({ offer }) => offer),
      rows.map(({ tokenSha256 }) => tokenSha256),
      all.map(({ createdAt }) => createdAt),
      all.map(({ expiresAt }) => expiresAt),
    ],
  );
}

/** By the hash of its token, locked until the transaction ends, so that it is accepted once; system scope. */
export async function invitationByToken(tx: Tx, tokenSha256: string): Promise<Invitation | undefined> {
  const { rows } = await tx.query<Invitation>(`select ${columns} from access.invitation where token_sha256 = $1 for update`, [tokenSha256]);
  return rows[0];
}

export async function invitationById(tx: Tx, org: OrgId, id: Id<"inv">): Promise<Invitation | undefined> {
  const { rows } = await tx.query<Invitation>(`select ${columns} from access.invitation where org_id = $1 and id = $2 for update`, [
    org,
    id,
  ]);
  return rows[0];
}

export type InvitationFilter = {
  readonly kind?: Invitation["kind"] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Newest first; one row more than `limit` when there is a next page. */
export async function invitationsOf(tx: Tx, org: OrgId, filter: InvitationFilter): Promise<readonly Invitation[]> {
  const { rows } = await tx.query<Invitation>(
    `select ${columns} from access.invitation
     where org_id = $1 and ($2::text is null or kind = $2) and ($3::text is null or id < $3) order by id desc limit $4`,
    [org, filter.kind ?? null, filter.after ?? null, filter.limit + 1],
  );
  return rows;
}

/** Addresses with an invitation of a partner that is still open. */
export async function openPartnerAddresses(tx: Tx, org: OrgId, emails: readonly string[], at: Instant): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ key: string }>(
    `select email || ' ' || coalesce(offer_id, '') as key from access.invitation
     where org_id = $1 and kind = 'partner' and email = any($2::text[]) and accepted_at is null and revoked_at is null and expires_at > $3`,
    [org, emails, at],
  );
  return new Set(rows.map(({ key }) => key));
}

export async function markAccepted(
  tx: Tx,
  id: Id<"inv">,
  accepted: { readonly at: Instant; readonly by: UserId; readonly org: OrgId },
): Promise<void> {
  await tx.query("update access.invitation set accepted_at = $2, accepted_by = $3, accepted_org = $4 where id = $1", [
    id,
    accepted.at,
    accepted.by,
    accepted.org,
  ]);
}

export async function markRevoked(tx: Tx, id: Id<"inv">, at: Instant): Promise<void> {
  await tx.query("update access.invitation set revoked_at = $2 where id = $1", [id, at]);
}

/** Earlier open invitations of a member are withdrawn when a new one is sent. */
export async function revokeOpenMemberInvitations(tx: Tx, org: OrgId, email: string, at: Instant): Promise<void> {
  await tx.query(
    `update access.invitation set revoked_at = $3
     where org_id = $1 and email = $2 and kind = 'member' and accepted_at is null and revoked_at is null`,
    [org, email, at],
  );
}

/** Those of the given organisations whose first owner is invited and has not come yet; system scope. */
export async function organisationsWithOwnerInvitation(tx: Tx, orgs: readonly OrgId[]): Promise<ReadonlySet<OrgId>> {
  const { rows } = await tx.query<{ org: OrgId }>(
    `select distinct joins_org as org from access.invitation
     where kind = 'owner' and joins_org = any($1::text[]) and accepted_at is null and revoked_at is null`,
    [orgs],
  );
  return new Set(rows.map(({ org }) => org));
}
