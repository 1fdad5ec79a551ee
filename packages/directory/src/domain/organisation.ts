import type { Instant, Language, OrgId, TimeZone, UserId } from "@biotop/kernel";
import type { Capability, Role } from "@biotop/wire";

/** A company or person that takes part; what it does in one contract is said by that contract. */
export type Organisation = {
  readonly id: OrgId;
  readonly name: string;
  readonly country: string;
  readonly language: Language;
  readonly timeZone: TimeZone;
  readonly capabilities: readonly Capability[];
  /** Runs this instance; there is at most one. */
  readonly isOperator: boolean;
  readonly memberCount: number;
  readonly createdAt: Instant;
};

export type Member = { readonly org: OrgId; readonly user: UserId; readonly role: Role; readonly since: Instant };
