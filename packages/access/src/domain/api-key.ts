import { type ApiKeyId, type Instant, isId, type OrgId, type UserId } from "@biotop/kernel";
import type { Scope } from "@biotop/wire";

export type ApiKey = {
  readonly id: ApiKeyId;
  readonly org: OrgId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Who answers for it; `null` for keys of the command line. A key that a key makes has the same creator. */
  readonly createdBy: UserId | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
};

const prefix = "bt_live_";

/** What every secret of a key begins with: enough to find the key, nothing to use it. */
export function keyPrefix(id: ApiKeyId): string {
  return `${prefix}${id.slice("key_".length)}`;
}

/** The whole key as its owner keeps it; only the hash of it is stored. */
export function keyText(id: ApiKeyId, secret: string): string {
  return `${keyPrefix(id)}_${secret}`;
}

/** The id inside a key text; `undefined` when it is no key of ours. */
export function keyIdIn(text: string): ApiKeyId | undefined {
  const match = /^bt_live_([0-9a-z]{1,64})_[0-9A-Za-z]{20,64}$/.exec(text);
  const id = `key_${match?.[1] ?? ""}`;
  return match && isId("key", id) ? id : undefined;
}
