import type { ApiKeyId, Id, Instant, Money, OrgId, Ppm, ProgrammeId, UserId } from "@biotop/kernel";

/** A person's permission that a key accepts contracts in the person's name, within limits. */
export type SigningAuthority = {
  readonly id: Id<"sga">;
  readonly org: OrgId;
  readonly key: ApiKeyId;
  /** Who is bound by what the key accepts. */
  readonly user: UserId;
  readonly programmes: "any" | readonly ProgrammeId[];
  /** The highest percentage of a sale that the key may accept. */
  readonly limitPpm: Ppm;
  /** The highest fixed amount; `null`: none. */
  readonly limitFixed: Money | null;
  readonly grantedAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
};

/** Whether the authority counts at a moment of business time. */
export function isInForce(authority: SigningAuthority, at: Instant): boolean {
  return authority.grantedAt <= at && at < authority.expiresAt && (authority.revokedAt === null || at < authority.revokedAt);
}
