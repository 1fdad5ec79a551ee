import type { LocalDate, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export const clickDimensions = ["partner", "programme", "link", "sub1", "day"] as const;
export type ClickDimension = (typeof clickDimensions)[number];

export type ClickCountsAsked = {
  readonly by: ClickDimension;
  /** Both days belong to it. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly programme?: ProgrammeId | undefined;
  readonly partner?: OrgId | undefined;
  readonly sub1?: string | undefined;
};

export type ClickCounts = { readonly key: string; readonly clicks: bigint; readonly bots: bigint };

const columnOf = { partner: "partner_id", programme: "programme_id", link: "link_id", sub1: "sub1", day: "day" } as const;
const rowsMax = 10_000;

/** Clicks by one dimension, of what the transaction's organisation may see; from the daily sums, never from raw clicks. */
export async function clickCounts(tx: Tx, asked: ClickCountsAsked): Promise<readonly ClickCounts[]> {
  const { rows } = await tx.query<ClickCounts>(
    `select ${columnOf[asked.by]}::text as key, sum(clicks)::bigint as clicks, sum(bots)::bigint as bots from tracking.click_day
     where day between $1 and $2 and ($3::text is null or programme_id = $3) and ($4::text is null or partner_id = $4)
       and ($5::text is null or sub1 = $5)
     group by 1 order by 1 limit ${rowsMax}`,
    [asked.from, asked.to, asked.programme ?? null, asked.partner ?? null, asked.sub1 ?? null],
  );
  return rows;
}
