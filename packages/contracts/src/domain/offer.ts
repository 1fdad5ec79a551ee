import type { ApiKeyId, Instant, OfferId, OrgId, ProgrammeId, UserId } from "@biotop/kernel";
import type { Party } from "./agreement.ts";
import type { Terms } from "./terms.ts";

/** Terms that a merchant offers to partners, openly or to those it invites. The terms of an offer never change. */
export type Offer = {
  readonly id: OfferId;
  readonly programme: ProgrammeId;
  readonly org: OrgId;
  readonly title: string;
  readonly terms: Terms;
  /** Merchant and further parties; the partner joins by opening a proposal. */
  readonly parties: readonly Party[];
  readonly isOpen: boolean;
  /** By whose authority the offer, taken unchanged, already carries the merchant's acceptance. */
  readonly standingAcceptance: GivenAuthority | null;
  readonly state: "published" | "closed";
  readonly visibleTo: readonly OrgId[];
  readonly createdAt: Instant;
};

/** By what right somebody accepts for an organisation. */
export type GivenAuthority =
  | { readonly kind: "person"; readonly user: UserId; readonly method: "second-factor" }
  | { readonly kind: "key"; readonly key: ApiKeyId; readonly grantedBy: UserId; readonly signingAuthority: string };

export type AcceptanceAuthority =
  | GivenAuthority
  | {
      readonly kind: "standing-offer";
      readonly offer: OfferId;
      readonly user: UserId;
      readonly key: ApiKeyId | null;
      readonly signingAuthority: string | null;
    };

/** The acceptance that an offer brings with it. */
export function standingAuthority(offer: Pick<Offer, "id" | "standingAcceptance">): AcceptanceAuthority | undefined {
  const given = offer.standingAcceptance;
  if (given === null) return undefined;
  if (given.kind === "person") return { kind: "standing-offer", offer: offer.id, user: given.user, key: null, signingAuthority: null };
  return { kind: "standing-offer", offer: offer.id, user: given.grantedBy, key: given.key, signingAuthority: given.signingAuthority };
}
