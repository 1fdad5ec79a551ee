import { programmesByIds } from "@biotop/contracts";
import type { Tx } from "@biotop/platform/db";
import type { ClickRecord, CountRecord } from "@biotop/tracking-protocol";
import { copyRows } from "./copy-rows.ts";

/** COPY knows no conflicts, so rows go through a table of the connection. It empties itself with every commit. */
const stage = `create temporary table if not exists click_load (
  id text, at timestamptz, received_at timestamptz, zone text, link_id text, programme_id text, partner_id text, merchant_id text,
  target text, sub_ids jsonb, partner_click_id text, visitor text, is_bot boolean, bot_class text, referrer_origin text, device_class text
) on commit delete rows`;

const insertStaged = `
  with added as (
    insert into tracking.click (id, at, received_at, day, link_id, programme_id, partner_id, merchant_id, target, sub_ids,
      partner_click_id, visitor, is_bot, bot_class, referrer_origin, device_class)
    select id, at, received_at, (at at time zone zone)::date, link_id, programme_id, partner_id, merchant_id, target, sub_ids,
      partner_click_id, visitor, is_bot, bot_class, referrer_origin, device_class
    from pg_temp.click_load order by id
    on conflict (id) do nothing
    returning programme_id, partner_id, merchant_id, link_id, coalesce(sub_ids->>'sub1', '') as sub1, day, is_bot
  ), summed as (
    insert into tracking.click_day as known (programme_id, partner_id, link_id, sub1, day, merchant_id, clicks, bots)
    select programme_id, partner_id, link_id, sub1, day, min(merchant_id), count(*) filter (where not is_bot), count(*) filter (where is_bot)
    from added group by programme_id, partner_id, link_id, sub1, day order by programme_id, partner_id, link_id, sub1, day
    on conflict (programme_id, partner_id, link_id, sub1, day)
      do update set clicks = known.clicks + excluded.clicks, bots = known.bots + excluded.bots
  )
  select count(*) as added from added`;

/** Stores clicks with their daily sums; a click that is there already changes nothing. Answers how many were new. */
export async function storeClicks(tx: Tx, records: readonly ClickRecord[]): Promise<number> {
  if (records.length === 0) return 0;
  const programmes = await programmesByIds(tx, [...new Set(records.map((record) => record.programme))]);
  const zones = new Map(programmes.map((programme) => [programme.id, programme.timeZone]));
  await tx.query(stage);
  await copyRows(
    tx,
    "pg_temp.click_load",
    records.map((record) => [
      record.id,
      record.at,
      record.receivedAt,
      zones.get(record.programme) ?? "UTC",
      record.link,
      record.programme,
      record.partner,
      record.merchant,
      record.target,
      JSON.stringify(record.subIds),
      record.partnerClickId,
      record.visitor,
      record.isBot,
      record.botClass,
      record.referrerOrigin,
      record.deviceClass,
    ]),
  );
  const { rows } = await tx.query<{ added: bigint }>(insertStaged, [], "tracking-insert-clicks");
  return Number(rows[0]?.added ?? 0n);
}

/**
 * Adds up clicks that left no record. They have no id: the caller's checkpoint, moved in the same transaction, is what makes
 * each of them count once.
 */
export async function storeCounts(tx: Tx, records: readonly CountRecord[]): Promise<void> {
  if (records.length === 0) return;
  const sums = new Map<string, { record: CountRecord; hour: string; count: number; refused: number }>();
  for (const record of records) {
    const hour = `${record.at.slice(0, 13)}:00:00.000Z`;
    const key = [record.programme, record.partner, record.link, record.reason, hour].join(" ");
    const sum = sums.get(key) ?? { record, hour, count: 0, refused: 0 };
    sums.set(key, { ...sum, count: sum.count + 1, refused: sum.refused + (record.targetRefused ? 1 : 0) });
  }
  const ordered = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  await tx.query(
    `insert into tracking.count_hour as known (programme_id, partner_id, link_id, reason, hour, merchant_id, count, targets_refused)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::bigint[], $8::bigint[])
     on conflict (programme_id, partner_id, link_id, reason, hour)
       do update set count = known.count + excluded.count, targets_refused = known.targets_refused + excluded.targets_refused`,
    [
      ordered.map(({ record }) => record.programme ?? ""),
      ordered.map(({ record }) => record.partner ?? ""),
      ordered.map(({ record }) => record.link ?? ""),
      ordered.map(({ record }) => record.reason),
      ordered.map(({ hour }) => hour),
      ordered.map(({ record }) => record.merchant ?? ""),
      ordered.map(({ count }) => count),
      ordered.map(({ refused }) => refused),
    ],
    "tracking-add-counts",
  );
}
