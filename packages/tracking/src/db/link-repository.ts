import type { Instant, LinkId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { SubIds } from "@biotop/tracking-protocol";
import type { Link } from "../domain/link.ts";

const columns = "id, key, programme_id, partner_id, merchant_id, target_url, sub_ids, label, state, created_at";

type Row = {
  readonly id: LinkId;
  readonly key: string;
  readonly programme_id: ProgrammeId;
  readonly partner_id: OrgId;
  readonly merchant_id: OrgId;
  readonly target_url: string;
  readonly sub_ids: SubIds;
  readonly label: string;
  readonly state: Link["state"];
  readonly created_at: Instant;
};

export async function insertLink(tx: Tx, link: Link): Promise<void> {
  await tx.query(
    `insert into tracking.link (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      link.id,
      link.key,
      link.programme,
      link.partner,
      link.merchant,
      link.targetUrl,
      JSON.stringify(link.subIds),
      link.label,
      link.state,
      link.createdAt,
    ],
    "tracking-insert-link",
  );
}

/** Locks the link; `undefined` when it is not there for the transaction's organisation. */
export async function loadLink(tx: Tx, id: LinkId): Promise<Link | undefined> {
  const { rows } = await tx.query<Row>(`select ${columns} from tracking.link where id = $1 for update`, [id]);
  return rows[0] && linkOf(rows[0]);
}

export async function saveLink(tx: Tx, link: Link): Promise<void> {
  await tx.query("update tracking.link set target_url = $2, sub_ids = $3, label = $4, state = $5 where id = $1", [
    link.id,
    link.targetUrl,
    JSON.stringify(link.subIds),
    link.label,
    link.state,
  ]);
}

export type LinkFilter = {
  readonly programme?: ProgrammeId | undefined;
  readonly partner?: OrgId | undefined;
  readonly state?: Link["state"] | undefined;
  readonly search?: string | undefined;
  /** The last link of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Newest first, of what the transaction's organisation may see. */
export async function findLinks(tx: Tx, filter: LinkFilter): Promise<readonly Link[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from tracking.link
     where ($1::text is null or programme_id = $1) and ($2::text is null or partner_id = $2) and ($3::text is null or state = $3)
       and ($4::text is null or strpos(lower(label || ' ' || key || ' ' || target_url), lower($4)) > 0)
       and ($5::text is null or id < $5)
     order by id desc limit $6`,
    [filter.programme ?? null, filter.partner ?? null, filter.state ?? null, filter.search ?? null, filter.after ?? null, filter.limit],
  );
  return rows.map(linkOf);
}

/** Clicks without bots since each link was made. */
export async function clicksOfLinks(tx: Tx, links: readonly Link[]): Promise<ReadonlyMap<LinkId, number>> {
  if (links.length === 0) return new Map();
  const { rows } = await tx.query<{ link_id: LinkId; clicks: bigint }>(
    `select day.link_id, sum(day.clicks)::bigint as clicks
     from unnest($1::text[], $2::text[], $3::text[]) as asked (programme_id, partner_id, link_id)
     join tracking.click_day as day using (programme_id, partner_id, link_id) group by day.link_id`,
    [links.map((link) => link.programme), links.map((link) => link.partner), links.map((link) => link.id)],
  );
  return new Map(rows.map((row) => [row.link_id, Number(row.clicks)]));
}

/** All links, for the route table. */
export async function allLinks(tx: Tx): Promise<readonly Link[]> {
  const { rows } = await tx.query<Row>(`select ${columns} from tracking.link order by id`);
  return rows.map(linkOf);
}

function linkOf(row: Row): Link {
  return {
    id: row.id,
    key: row.key,
    programme: row.programme_id,
    partner: row.partner_id,
    merchant: row.merchant_id,
    targetUrl: row.target_url,
    subIds: row.sub_ids,
    label: row.label,
    state: row.state,
    createdAt: row.created_at,
  };
}
