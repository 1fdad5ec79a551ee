import type { OrgId } from "@biotop/kernel";
import type { Principal } from "@biotop/platform/http";

/** Whether the one who asks may change the data of an organisation: its own, with the right to. */
export function mayChange(principal: Principal, org: OrgId): boolean {
  return principal.kind !== "nobody" && principal.org === org && principal.scopes.has("organisations:write");
}
