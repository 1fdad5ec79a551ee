import type { ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** The longest click window of each programme's contract versions: how long a shopper's cookie has to last. */
export async function longestClickWindows(tx: Tx): Promise<ReadonlyMap<ProgrammeId, number>> {
  const { rows } = await tx.query<{ programme_id: ProgrammeId; days: number }>(
    `select c.programme_id, max((v.terms->'attribution'->>'clickWindowDays')::integer) as days
     from contracts.contract c join contracts.version v on v.contract_id = c.id group by c.programme_id`,
  );
  return new Map(rows.map((row) => [row.programme_id, row.days]));
}

/** Whether everybody may join the programme by accepting one of its offers. */
export async function hasOpenOffer(tx: Tx, programme: ProgrammeId): Promise<boolean> {
  const { rows } = await tx.query<{ is_open: boolean }>(
    "select exists (select from contracts.offer where programme_id = $1 and is_open and state = 'published') as is_open",
    [programme],
  );
  return rows[0]?.is_open ?? false;
}
