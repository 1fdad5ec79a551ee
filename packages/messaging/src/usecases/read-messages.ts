import type { OrgId } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, listMails, listNotifications } from "@biotop/wire";
import { findMails, type Mail, type MailFilter } from "../db/mail-repository.ts";
import { countUnread, findNotifications, markRead, type NotificationFilter } from "../db/notification-repository.ts";
import { notificationText } from "../domain/notification-kinds.ts";
import { maySeeAllMails } from "../policy.ts";

type Deps = { readonly db: Database };

export async function readMails(deps: Deps, actor: Actor, filter: MailFilter): Promise<AnswerOf<typeof listMails>> {
  const scope = maySeeAllMails(actor) ? "system" : { org: actor.org };
  const found = await deps.db.inTransaction(scope, (tx) => findMails(tx, { ...filter, limit: filter.limit + 1 }));
  const page = found.slice(0, filter.limit);
  return { rows: page.map(mailViewOf), next: found.length > filter.limit ? (page.at(-1)?.id ?? null) : null };
}

export function readNotifications(deps: Deps, filter: NotificationFilter): Promise<AnswerOf<typeof listNotifications>> {
  return deps.db.inTransaction({ org: filter.org }, async (tx) => {
    const found = await findNotifications(tx, { ...filter, limit: filter.limit + 1 });
    const rows = found.slice(0, filter.limit).map(({ id, at, kind, facts, subject, isRead }) => {
      return { id, at, kind, text: notificationText(kind, facts), subject, isRead };
    });
    const next = found.length > filter.limit ? (rows.at(-1)?.id ?? null) : null;
    return { rows, next, unread: await countUnread(tx, filter.org) };
  });
}

/** Without ids all news of the organisation; answers how many were unread. */
export function markNotificationsRead(deps: Deps, org: OrgId, ids: Parameters<typeof markRead>[2]): Promise<number> {
  return deps.db.inTransaction({ org }, (tx) => markRead(tx, org, ids));
}

/** A link that went by mail is the recipient's alone: only what has to be handed over by hand is shown with it. */
function mailViewOf({ id, to, language, template, subject, text, link, state, createdAt, sentAt }: Mail) {
  const isForHand = state === "kept" || state === "failed";
  const shownText = isForHand || link === null ? text : text.replaceAll(link, "…");
  return { id, to, language, template, subject, text: shownText, link: isForHand ? link : null, state, createdAt, sentAt };
}
