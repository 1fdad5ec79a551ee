import type { UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** A code counts for a minute and a half: its own step of 30 seconds and one to either side. */
const rememberedMinutes = 2;

/** Takes a code for one use; `false` when it was used already. Of two at the same time one waits and loses. */
export async function claimCode(tx: Tx, user: UserId, codeSha256: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into access.used_code as known (user_id, code_sha256) values ($1, $2)
     on conflict (user_id, code_sha256) do update set used_at = excluded.used_at
       where known.used_at < clock_timestamp() - make_interval(mins => $3)`,
    [user, codeSha256, rememberedMinutes],
  );
  return rowCount === 1;
}

/** A code that was wrong was not used. */
export async function releaseCode(tx: Tx, user: UserId, codeSha256: string): Promise<void> {
  await tx.query("delete from access.used_code where user_id = $1 and code_sha256 = $2", [user, codeSha256]);
}

export async function removeOldCodes(tx: Tx): Promise<void> {
  await tx.query("delete from access.used_code where used_at < clock_timestamp() - make_interval(mins => $1)", [rememberedMinutes]);
}
