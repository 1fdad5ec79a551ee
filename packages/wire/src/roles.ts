/** What a member may be in an organisation; access grants each role its scopes. */
export const roles = ["owner", "admin", "manager", "finance", "developer", "viewer"] as const;

export type Role = (typeof roles)[number];

/** What an organisation does in the ecosystem; a contract names its role in that contract separately. */
export const capabilities = ["sell", "promote", "manage", "network", "technology", "services"] as const;

export type Capability = (typeof capabilities)[number];
