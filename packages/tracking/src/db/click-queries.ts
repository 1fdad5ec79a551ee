import type { Instant, LinkId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { ClickId, DeviceClass, SubIds } from "@biotop/tracking-protocol";
import type { Click } from "../domain/click.ts";

const columns = `click.id, click.at, click.received_at, click.link_id, click.programme_id, click.partner_id, click.merchant_id, click.target,
  click.sub_ids, click.partner_click_id, click.visitor, click.is_bot, click.bot_class, click.referrer_origin, click.device_class`;

type Row = {
  readonly id: ClickId;
  readonly at: Instant;
  readonly received_at: Instant;
  readonly link_id: LinkId;
  readonly programme_id: ProgrammeId;
  readonly partner_id: OrgId;
  readonly merchant_id: OrgId;
  readonly target: string;
  readonly sub_ids: SubIds;
  readonly partner_click_id: string | null;
  readonly visitor: string;
  readonly is_bot: boolean;
  readonly bot_class: string | null;
  readonly referrer_origin: string | null;
  readonly device_class: DeviceClass;
};

export async function clicksByIds(tx: Tx, ids: readonly string[]): Promise<readonly Click[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<Row>(
    `select ${columns} from tracking.click where id = any($1::text[]) order by at, id`,
    [ids],
    "tracking-clicks-by-ids",
  );
  return rows.map(clickOf);
}

/** One journey to look up: whose clicks on which programme, from `since` on. */
export type JourneyAsked = { readonly programme: ProgrammeId; readonly visitor: string; readonly since: Instant };

const journeyClicksMax = 200;

/** The clicks of many journeys at once, each at most its newest 200; ordered by time and id. */
export async function clicksOfVisitors(tx: Tx, asked: readonly JourneyAsked[]): Promise<readonly Click[]> {
  if (asked.length === 0) return [];
  const { rows } = await tx.query<Row>(
    `select distinct ${columns}
     from unnest($1::text[], $2::text[], $3::timestamptz[]) as asked (programme_id, visitor, since)
     cross join lateral (
       select * from tracking.click as one
       where one.visitor = asked.visitor and one.programme_id = asked.programme_id and one.at >= asked.since
       order by one.at desc, one.id desc limit ${journeyClicksMax}
     ) as click
     order by click.at, click.id`,
    [asked.map((each) => each.programme), asked.map((each) => each.visitor), asked.map((each) => each.since)],
    "tracking-clicks-of-visitors",
  );
  return rows.map(clickOf);
}

export function clicksOfVisitor(tx: Tx, programme: ProgrammeId, visitor: string, since: Instant): Promise<readonly Click[]> {
  return clicksOfVisitors(tx, [{ programme, visitor, since }]);
}

export type ClickFilter = {
  readonly programme?: ProgrammeId | undefined;
  readonly link?: LinkId | undefined;
  readonly partner?: OrgId | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly ids?: readonly string[] | undefined;
  /** The place after which the page begins: time and id of the last click of the page before. */
  readonly after?: { readonly at: Instant; readonly id: string } | undefined;
  readonly limit: number;
};

/** Newest first, of what the transaction's organisation may see. */
export async function findClicks(tx: Tx, filter: ClickFilter): Promise<readonly Click[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from tracking.click
     where ($1::text is null or programme_id = $1) and ($2::text is null or link_id = $2) and ($3::text is null or partner_id = $3)
       and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
       and ($6::text[] is null or id = any($6)) and ($7::timestamptz is null or (at, id) < ($7, $8::text))
     order by at desc, id desc limit $9`,
    [
      filter.programme ?? null,
      filter.link ?? null,
      filter.partner ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.ids ?? null,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  );
  return rows.map(clickOf);
}

function clickOf(row: Row): Click {
  return {
    id: row.id,
    at: row.at,
    receivedAt: row.received_at,
    link: row.link_id,
    programme: row.programme_id,
    partner: row.partner_id,
    merchant: row.merchant_id,
    target: row.target,
    subIds: row.sub_ids,
    partnerClickId: row.partner_click_id,
    visitor: row.visitor,
    isBot: row.is_bot,
    botClass: row.bot_class,
    referrerOrigin: row.referrer_origin,
    deviceClass: row.device_class,
  };
}
