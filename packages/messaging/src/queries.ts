import type { Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** How much news an organisation has not read, and since when. */
export async function unreadNotifications(tx: Tx, org: OrgId): Promise<{ readonly count: number; readonly since: Instant | null }> {
  const { rows } = await tx.query<{ count: bigint; since: Instant | null }>(
    "select count(*) as count, min(at) as since from messaging.notification where org_id = $1 and read_at is null",
    [org],
  );
  return { count: Number(rows[0]?.count ?? 0n), since: rows[0]?.since ?? null };
}
