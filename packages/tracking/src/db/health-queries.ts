import type { Instant, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type ProgrammeTraffic = {
  readonly programme: ProgrammeId;
  readonly merchant: OrgId;
  readonly lastClickAt: Instant | null;
  readonly clicks: number;
  readonly botClicks: number;
  readonly counts: Readonly<Record<string, number>>;
};

/** What arrived for the programmes since `since`, as far as the transaction's organisation may see it. */
export async function trafficOf(tx: Tx, programmes: readonly ProgrammeId[], since: Instant): Promise<readonly ProgrammeTraffic[]> {
  const { rows } = await tx.query<ProgrammeTraffic & { counts: Record<string, number> | null }>(
    `select asked.programme, coalesce(days.merchant, '') as merchant, last.at as "lastClickAt",
       coalesce(days.clicks, 0)::int as clicks, coalesce(days.bots, 0)::int as "botClicks", reasons.counts
     from unnest($1::text[]) as asked (programme)
     left join lateral (select at from tracking.click where programme_id = asked.programme order by at desc limit 1) as last on true
     left join lateral (select min(merchant_id) as merchant, sum(clicks) as clicks, sum(bots) as bots from tracking.click_day
       where programme_id = asked.programme and day >= ($2::timestamptz)::date) as days on true
     left join lateral (select jsonb_object_agg(reason, total) as counts from (select reason, sum(count) as total from tracking.count_hour
       where programme_id = asked.programme and hour >= $2::timestamptz group by reason) as sums) as reasons on true`,
    [programmes, since],
  );
  return rows.map((row) => ({ ...row, counts: row.counts ?? {} }));
}

/** The programmes to which the organisation's links lead. */
export async function programmesOfLinks(tx: Tx, partner: OrgId): Promise<readonly ProgrammeId[]> {
  const { rows } = await tx.query<{ programme_id: ProgrammeId }>(
    "select distinct programme_id from tracking.link where partner_id = $1 order by 1 limit 500",
    [partner],
  );
  return rows.map((row) => row.programme_id);
}
