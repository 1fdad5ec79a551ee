import type { Tx } from "@biotop/platform/db";

/** Counts an attempt before it is made, so that parallel ones count too; answers how many the window has seen. */
export async function countAttempt(tx: Tx, bucket: string, windowMinutes: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `insert into access.attempt as known (bucket, count, window_ends_at)
     values ($1, 1, clock_timestamp() + make_interval(mins => $2))
     on conflict (bucket) do update set
       count = case when known.window_ends_at < clock_timestamp() then 1 else known.count + 1 end,
       window_ends_at = case when known.window_ends_at < clock_timestamp() then excluded.window_ends_at else known.window_ends_at end
     returning count`,
    [bucket, windowMinutes],
  );
  return rows[0]?.count ?? 0;
}

/** A successful attempt does not count. */
export async function forgiveAttempts(tx: Tx, buckets: readonly string[]): Promise<void> {
  await tx.query(
    "update access.attempt set count = greatest(0, count - 1) where bucket = any($1::text[]) and window_ends_at > clock_timestamp()",
    [buckets],
  );
}

export async function removeOldAttempts(tx: Tx): Promise<void> {
  await tx.query("delete from access.attempt where window_ends_at < clock_timestamp()");
}
