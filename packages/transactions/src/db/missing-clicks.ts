import type { ConversionId, Instant } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type MissingClick = { readonly clickId: string; readonly conversion: ConversionId; readonly since: Instant };

export async function insertMissingClicks(tx: Tx, missing: readonly MissingClick[]): Promise<void> {
  if (missing.length === 0) return;
  await tx.query(
    `insert into transactions.missing_click (click_id, conversion_id, since)
     select * from unnest($1::text[], $2::text[], $3::timestamptz[]) on conflict do nothing`,
    [missing.map((each) => each.clickId), missing.map((each) => each.conversion), missing.map((each) => each.since)],
    "transactions-insert-missing-clicks",
  );
}

/** Named clicks that may still arrive, newest first. */
export async function missingClicks(tx: Tx, limit: number): Promise<readonly MissingClick[]> {
  const { rows } = await tx.query<MissingClick>(
    `select click_id as "clickId", conversion_id as conversion, since from transactions.missing_click order by since desc limit $1`,
    [limit],
    "transactions-missing-clicks",
  );
  return rows;
}

export async function removeMissingClicks(tx: Tx, clickIds: readonly string[]): Promise<void> {
  await tx.query("delete from transactions.missing_click where click_id = any($1::text[])", [clickIds]);
}

export async function removeMissingBefore(tx: Tx, before: Instant): Promise<void> {
  await tx.query("delete from transactions.missing_click where since < $1", [before], "transactions-forget-missing");
}
