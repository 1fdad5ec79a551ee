import type { Id, Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Notification, NotificationFacts, NotificationSubject } from "../domain/notification.ts";

type Row = {
  readonly id: Id<"ntf">;
  readonly org_id: OrgId;
  readonly at: Instant;
  readonly kind: string;
  readonly facts: NotificationFacts;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly read_at: Instant | null;
};

export async function insertNotifications(tx: Tx, notifications: readonly Notification[]): Promise<void> {
  if (notifications.length === 0) return;
  await tx.query(
    `insert into messaging.notification (id, org_id, at, kind, facts, subject_kind, subject_id)
     select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::jsonb[], $6::text[], $7::text[])`,
    [
      notifications.map(({ id }) => id),
      notifications.map(({ org }) => org),
      notifications.map(({ at }) => at),
      notifications.map(({ kind }) => kind),
      notifications.map(({ facts }) => JSON.stringify(facts)),
      notifications.map(({ subject }) => subject.kind),
      notifications.map(({ subject }) => subject.id),
    ],
    "messaging-insert-notifications",
  );
}

/** Whether there was unread news to count up. */
export async function countUpUnread(
  tx: Tx,
  { org, kind, subject }: { readonly org: OrgId; readonly kind: string; readonly subject: NotificationSubject },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update messaging.notification set facts = facts || jsonb_build_object('count', ((facts->>'count')::integer + 1)::text)
     where id = (select id from messaging.notification where org_id = $1 and read_at is null and kind = $2 and subject_id = $3
       order by id desc limit 1)`,
    [org, kind, subject.id],
    "messaging-count-up",
  );
  return rowCount === 1;
}

export type NotificationFilter = {
  readonly org: OrgId;
  readonly isUnread: boolean;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Newest first. */
export async function findNotifications(tx: Tx, filter: NotificationFilter): Promise<readonly Notification[]> {
  const { rows } = await tx.query<Row>(
    `select id, org_id, at, kind, facts, subject_kind, subject_id, read_at from messaging.notification
     where org_id = $1 and ($2::boolean is false or read_at is null) and ($3::text is null or id < $3) order by id desc limit $4`,
    [filter.org, filter.isUnread, filter.after ?? null, filter.limit],
  );
  return rows.map((row) => ({
    id: row.id,
    org: row.org_id,
    at: row.at,
    kind: row.kind,
    facts: row.facts,
    subject: { kind: row.subject_kind, id: row.subject_id },
    isRead: row.read_at !== null,
  }));
}

export async function countUnread(tx: Tx, org: OrgId): Promise<number> {
  const { rows } = await tx.query<{ count: bigint }>(
    "select count(*) as count from messaging.notification where org_id = $1 and read_at is null",
    [org],
  );
  return Number(rows[0]?.count ?? 0n);
}

/** Without ids all of the organisation's; answers how many were unread. */
export async function markRead(tx: Tx, org: OrgId, ids: readonly Id<"ntf">[] | undefined): Promise<number> {
  const { rowCount } = await tx.query(
    `update messaging.notification set read_at = clock_timestamp()
     where org_id = $1 and read_at is null and ($2::text[] is null or id = any($2))`,
    [org, ids ?? null],
  );
  return rowCount ?? 0;
}
