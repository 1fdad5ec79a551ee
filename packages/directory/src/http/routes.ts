import { err, isId, type OrgId, ok } from "@biotop/kernel";
import { actorOf, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { findOrganisations, listOrganisations } from "../queries.ts";
import type { DirectoryDeps } from "../usecases/deps.ts";
import { updateOrganisation } from "../usecases/update-organisation.ts";
import { ownDataRoutes } from "./own-data-routes.ts";
import { organisationView } from "./views.ts";

export function directoryRoutes(deps: DirectoryDeps): readonly Route[] {
  return [
    route(wire.listOrganisations, async (input) => {
      const { limit, after, search, capability, ids } = input.query;
      const wanted = ids?.split(",").filter((id): id is OrgId => isId("org", id));
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const rows = await deps.db.inTransaction({ org: actor.value.org }, (tx) =>
        listOrganisations(tx, { limit, after, search, capability, ids: wanted }),
      );
      const page = rows.slice(0, limit).map((organisation) => organisationView(organisation, input.principal));
      return ok({ rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null });
    }),
    route(wire.getOrganisation, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const [organisation] = await deps.db.inTransaction({ org: actor.value.org }, (tx) =>
        findOrganisations(tx, [input.params.organisationId]),
      );
      return organisation ? ok(organisationView(organisation, input.principal)) : err({ kind: "not-found" });
    }),
    route(wire.updateOrganisation, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const changed = await updateOrganisation(deps, actor.value.principal, input.params.organisationId, input.body);
      return changed.ok ? ok(organisationView(changed.value, input.principal)) : changed;
    }),
    ...ownDataRoutes(deps),
  ];
}
