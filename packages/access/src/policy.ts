import type { Principal } from "@biotop/platform/http";
import type { Scope } from "@biotop/wire";

/** Deny by default: nobody has a scope, others only those that they were given. */
export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.kind !== "nobody" && principal.scopes.has(scope);
}

/** A person whose second factor was given within the last five minutes. */
export function isFreshPerson(principal: Principal): boolean {
  return principal.kind === "user" && principal.isFresh;
}
