import { actorOf } from "@biotop/access";
import { err, ok, present } from "@biotop/kernel";
import { type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import type { TrackingDeps } from "../ports.ts";
import { createLink } from "../usecases/create-link.ts";
import { linkViews, listLinkViews } from "../usecases/link-views.ts";
import { listClicks } from "../usecases/list-clicks.ts";
import { quickLink } from "../usecases/quick-link.ts";
import { trackingHealth } from "../usecases/tracking-health.ts";
import { updateLink } from "../usecases/update-link.ts";

const idsMax = 50;

export function trackingRoutes(deps: TrackingDeps): readonly Route[] {
  return [
    route(wire.createLink, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const made = await createLink(deps, actor.value.principal, input.body);
      return made.ok ? ok(present((await linkViews(deps, actor.value.principal, [made.value]))[0], "a link has a view")) : made;
    }),
    route(wire.quickLink, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const made = await quickLink(deps, actor.value.principal, input.body);
      return made.ok ? ok(present((await linkViews(deps, actor.value.principal, [made.value]))[0], "a link has a view")) : made;
    }),
    route(wire.listLinks, async (input) => {
      const actor = actorOf(input);
      return actor.ok ? ok(await listLinkViews(deps, actor.value.principal, input.query)) : actor;
    }),
    route(wire.updateLink, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const changed = await updateLink(deps, actor.value.principal, input.params.linkId, input.body);
      return changed.ok ? ok(present((await linkViews(deps, actor.value.principal, [changed.value]))[0], "a link has a view")) : changed;
    }),
    route(wire.listClicks, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const ids = input.query.ids?.split(",");
      if (ids && ids.length > idsMax)
        return err({ kind: "invalid-request", errors: [{ pointer: "?ids", code: "too_big", detail: `at most ${idsMax} click ids` }] });
      return ok(await listClicks(deps, actor.value.principal, { ...input.query, ids }));
    }),
    route(wire.getTrackingHealth, async (input) => {
      const actor = actorOf(input);
      return actor.ok ? ok(await trackingHealth(deps, actor.value.principal)) : actor;
    }),
  ];
}
