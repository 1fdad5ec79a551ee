import { ok } from "@biotop/kernel";
import { actorOf, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { hasScope } from "../policy.ts";
import { auditLogOf, authoritiesOfOrg, keysOf, peopleById } from "../queries.ts";
import type { AccessDeps } from "../usecases/deps.ts";
import { grantSigningAuthority, revokeSigningAuthority } from "../usecases/grant-signing-authority.ts";
import { createKey, revokeKey } from "../usecases/manage-keys.ts";
import { auditView, authorityView, keyView } from "./views.ts";

export function keyRoutes(deps: AccessDeps): readonly Route[] {
  return [...ownKeyRoutes(deps), ...signingRoutes(deps), auditRoute(deps)];
}

function ownKeyRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.listKeys, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { org } = actor.value;
      const found = await deps.db.inTransaction({ org }, async (tx) => {
        const authorities = await authoritiesOfOrg(tx, org);
        const people = await peopleById(tx, [...new Set(authorities.map(({ user }) => user))]);
        return { keys: await keysOf(tx, org), authorities, names: new Map(people.map(({ id, name }) => [id, name])) };
      });
      const rows = found.keys.map((key) => {
        const own = found.authorities.filter((authority) => authority.key === key.id);
        const shown = own.map((authority) => authorityView(authority, found.names.get(authority.user) ?? ""));
        return keyView(key, shown, input.principal);
      });
      return ok({ rows, can: { create: hasScope(input.principal, "keys:write") } });
    }),
    route(wire.createKey, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { name, scopes, expiresAt } = input.body;
      const made = await createKey(deps, actor.value.principal, { name, scopes, expiresAt: expiresAt ?? null });
      return made.ok ? ok({ key: keyView(made.value.key, [], input.principal), secret: made.value.secret }) : made;
    }),
    route(wire.revokeKey, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const revoked = await revokeKey(deps, actor.value.principal, input.params.keyId);
      return revoked.ok ? ok(keyView(revoked.value, [], input.principal)) : revoked;
    }),
  ];
}

function signingRoutes(deps: AccessDeps): readonly Route[] {
  const named = async (authority: Parameters<typeof authorityView>[0]) => {
    const [person] = await deps.db.inTransaction("system", (tx) => peopleById(tx, [authority.user]));
    return authorityView(authority, person?.name ?? "");
  };
  return [
    route(wire.grantSigningAuthority, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const granted = await grantSigningAuthority(deps, actor.value.principal, {
        ...input.body,
        key: input.params.keyId,
        limitFixed: input.body.limitFixed ?? null,
      });
      return granted.ok ? ok(await named(granted.value)) : granted;
    }),
    route(wire.revokeSigningAuthority, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const revoked = await revokeSigningAuthority(deps, actor.value.principal, input.params.signingAuthorityId);
      return revoked.ok ? ok(await named(revoked.value)) : revoked;
    }),
  ];
}

function auditRoute(deps: AccessDeps): Route {
  return route(wire.listAuditLog, async (input) => {
    const actor = actorOf(input);
    if (!actor.ok) return actor;
    const { org } = actor.value;
    const { limit, after, action, subject } = input.query;
    const before = after !== undefined && /^\d{1,18}$/.test(after) ? BigInt(after) : undefined;
    const rows = await deps.db.inTransaction({ org }, (tx) => auditLogOf(tx, org, { action, subject, before, limit }));
    const page = rows.slice(0, limit).map(auditView);
    return ok({ rows: page, next: rows.length > limit ? (page.at(-1)?.number ?? null) : null });
  });
}
