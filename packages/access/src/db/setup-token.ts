import type { Tx } from "@biotop/platform/db";

/** The one-time token of the set-up link; a new one takes the place of the old. `false`: it was used already. */
export async function saveSetupToken(tx: Tx, tokenSha256: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into access.setup_token (token_sha256) values ($1)
     on conflict (is_single) do update set token_sha256 = excluded.token_sha256, created_at = clock_timestamp()
       where setup_token.used_at is null`,
    [tokenSha256],
  );
  return rowCount === 1;
}

/** Locked until the transaction ends, so that the set-up happens once. */
export async function setupToken(tx: Tx): Promise<{ readonly tokenSha256: string; readonly isUsed: boolean } | undefined> {
  const { rows } = await tx.query<{ tokenSha256: string; isUsed: boolean }>(
    `select token_sha256 as "tokenSha256", used_at is not null as "isUsed" from access.setup_token for update`,
  );
  return rows[0];
}

export async function useSetupToken(tx: Tx): Promise<void> {
  await tx.query("update access.setup_token set used_at = clock_timestamp()");
}
