import { type OrgId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** The next number of a series. Its row stays locked until the issuing transaction ends: no number is lost or given twice. */
export async function drawNumber(tx: Tx, issuer: OrgId, series: string): Promise<bigint> {
  const { rows } = await tx.query<{ last: bigint }>(
    `insert into billing.number_range as range (issuer_org, series, last) values ($1, $2, 1)
     on conflict (issuer_org, series) do update set last = range.last + 1 returning last`,
    [issuer, series],
    "billing-draw-number",
  );
  return present(rows[0], "a series has a last number").last;
}
