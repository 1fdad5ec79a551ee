import type { UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** The one open link of a person; real time. */
export async function savePasswordReset(tx: Tx, user: UserId, tokenSha256: string, validMinutes: number): Promise<void> {
  await tx.query(
    `insert into access.password_reset (user_id, token_sha256, expires_at)
     values ($1, $2, clock_timestamp() + make_interval(mins => $3))
     on conflict (user_id) do update set token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at`,
    [user, tokenSha256, validMinutes],
  );
}

/** Whose password the link may set; locked until the transaction ends, so that it is used once. */
export async function findPasswordReset(tx: Tx, tokenSha256: string): Promise<UserId | undefined> {
  const { rows } = await tx.query<{ user: UserId }>(
    `select user_id as "user" from access.password_reset where token_sha256 = $1 and expires_at > clock_timestamp() for update`,
    [tokenSha256],
  );
  return rows[0]?.user;
}

/** Replaces the password, uses the link up and ends every session of the person. */
export async function replacePassword(tx: Tx, user: UserId, passwordHash: string): Promise<void> {
  await tx.query(
    `update access.credential set password = $2, updated_at = clock_timestamp() where user_id = $1 and provider_id = 'credential'`,
    [user, passwordHash],
  );
  await tx.query("delete from access.password_reset where user_id = $1", [user]);
  await tx.query("delete from access.session where user_id = $1", [user]);
}

export async function removeOldPasswordResets(tx: Tx): Promise<void> {
  await tx.query("delete from access.password_reset where expires_at < clock_timestamp()");
}
