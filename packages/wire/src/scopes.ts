/** What an API key may do; a person's role grants the same words. */
export const scopes = [
  "organisations:read",
  "organisations:write",
  "organisations:create",
  "members:write",
  "contracts:read",
  "contracts:write",
  "contracts:sign",
  "links:read",
  "links:write",
  "conversions:write",
  "transactions:read",
  "transactions:validate",
  "billing:read",
  "billing:write",
  "payouts:approve",
  "reports:read",
  "keys:write",
  "instance:admin",
] as const;

export type Scope = (typeof scopes)[number];
