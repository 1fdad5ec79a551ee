import type { Role, Scope } from "@biotop/wire";

/**
 * What a role may do. Everything that is not named here is refused.
 * `instance:admin` comes on top for owners and administrators of the operator.
 */
const read: readonly Scope[] = ["organisations:read", "contracts:read", "links:read", "transactions:read", "billing:read", "reports:read"];

const everything: readonly Scope[] = [
  ...read,
  "organisations:write",
  "members:write",
  "contracts:write",
  "contracts:sign",
  "links:write",
  "conversions:write",
  "transactions:validate",
  "billing:write",
  "payouts:approve",
  "keys:write",
];

const scopesByRole: Readonly<Record<Role, readonly Scope[]>> = {
  owner: everything,
  admin: everything,
  manager: [...read, "contracts:write", "contracts:sign", "links:write", "transactions:validate"],
  finance: [...read, "organisations:write", "transactions:validate", "billing:write", "payouts:approve"],
  developer: [...read, "links:write", "conversions:write", "keys:write"],
  viewer: read,
};

/** Any signed-in person may found an organisation. */
export const personScopes: readonly Scope[] = ["organisations:create"];

export function scopesOf(role: Role, isOperator: boolean): readonly Scope[] {
  const administrates = isOperator && (role === "owner" || role === "admin");
  return [...scopesByRole[role], ...personScopes, ...(administrates ? (["instance:admin"] as const) : [])];
}

/** Owners give every role; others only what they may do themselves, and never "owner". */
export function mayGrantRole(own: Role, given: Role): boolean {
  if (own === "owner") return true;
  if (given === "owner") return false;
  return scopesByRole[given].every((scope) => scopesByRole[own].includes(scope));
}
