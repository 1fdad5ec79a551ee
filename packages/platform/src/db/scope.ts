import type { OrgId } from "@biotop/kernel";

/**
 * For whom a transaction runs. Row-level security shows an organisation's own rows and the rows that it shares as a party;
 * `system` (jobs, loader, instance administration) sees all.
 */
export type DbScope = { readonly org: OrgId } | "system";

/** The statement that opens a transaction in a scope: one round trip. */
export function beginStatement(scope: DbScope): string {
  const org = scope === "system" ? "*" : scope.org;
  if (!/^(\*|org_[0-9a-z]{1,64})$/.test(org)) throw new Error("a scope names one organisation");
  return `begin; select set_config('app.org', '${org}', true)`;
}
