import { ok } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import { actorOf, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { findMails, type Mail } from "../db/mail-repository.ts";
import { countUnread, findNotifications, markRead } from "../db/notification-repository.ts";
import { notificationText } from "../domain/notification-kinds.ts";
import { maySeeAllMails } from "../policy.ts";

export function messagingRoutes(deps: { readonly db: Database }): readonly Route[] {
  return [
    route(wire.listMails, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { limit } = input.query;
      const scope = maySeeAllMails(actor.value.principal) ? "system" : { org: actor.value.org };
      const found = await deps.db.inTransaction(scope, (tx) => findMails(tx, { ...input.query, limit: limit + 1 }));
      return ok({ rows: found.slice(0, limit).map(mailViewOf), next: found.length > limit ? (found[limit - 1]?.id ?? null) : null });
    }),
    route(wire.listNotifications, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { org } = actor.value;
      const { limit, after, unread: isUnread = false } = input.query;
      return deps.db.inTransaction({ org }, async (tx) => {
        const found = await findNotifications(tx, { org, isUnread, after, limit: limit + 1 });
        const rows = found.slice(0, limit).map(({ id, at, kind, facts, subject, isRead }) => {
          return { id, at, kind, text: notificationText(kind, facts), subject, isRead };
        });
        return ok({ rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null, unread: await countUnread(tx, org) });
      });
    }),
    route(wire.markNotificationsRead, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { org } = actor.value;
      return ok({ marked: await deps.db.inTransaction({ org }, (tx) => markRead(tx, org, input.body.ids)) });
    }),
  ];
}

function mailViewOf({ id, to, language, template, subject, text, link, state, createdAt, sentAt }: Mail) {
  return { id, to, language, template, subject, text, link, state, createdAt, sentAt };
}
