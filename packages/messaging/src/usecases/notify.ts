import type { Clock, Ids, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { countUpUnread, insertNotifications } from "../db/notification-repository.ts";
import type { NotificationFacts, NotificationSubject } from "../domain/notification.ts";

export type News = {
  readonly to: readonly OrgId[];
  readonly kind: string;
  readonly facts: NotificationFacts;
  readonly subject: NotificationSubject;
};

/** Puts the news before each of the organisations, in the transaction that takes it out of the outbox: once. */
export async function notify(deps: { readonly clock: Clock; readonly ids: Ids }, tx: Tx, news: News): Promise<void> {
  const at = deps.clock.now();
  const { kind, facts, subject } = news;
  await insertNotifications(
    tx,
    [...new Set(news.to)].map((org) => ({ id: deps.ids.next("ntf"), org, at, kind, facts, subject, isRead: false })),
  );
}

/** Adds one to the organisation's unread news of this kind and subject; the first of them is written. */
export async function countUp(
  deps: { readonly clock: Clock; readonly ids: Ids },
  tx: Tx,
  asked: { readonly org: OrgId; readonly kind: string; readonly subject: NotificationSubject },
  facts: () => Promise<NotificationFacts>,
): Promise<void> {
  if (await countUpUnread(tx, asked)) return;
  await notify(deps, tx, { to: [asked.org], kind: asked.kind, facts: { ...(await facts()), count: "1" }, subject: asked.subject });
}
