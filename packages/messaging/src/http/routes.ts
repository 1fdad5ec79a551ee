import { ok } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import { actorOf, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { markNotificationsRead, readMails, readNotifications } from "../usecases/read-messages.ts";

export function messagingRoutes(deps: { readonly db: Database }): readonly Route[] {
  return [
    route(wire.listMails, async (input) => {
      const actor = actorOf(input);
      return actor.ok ? ok(await readMails(deps, actor.value.principal, input.query)) : actor;
    }),
    route(wire.listNotifications, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { limit, after, unread: isUnread = false } = input.query;
      return ok(await readNotifications(deps, { org: actor.value.org, isUnread, after, limit }));
    }),
    route(wire.markNotificationsRead, async (input) => {
      const actor = actorOf(input);
      return actor.ok ? ok({ marked: await markNotificationsRead(deps, actor.value.org, input.body.ids) }) : actor;
    }),
  ];
}
