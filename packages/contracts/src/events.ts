import type { ContractId, ContractVersionId, Instant, OfferId, OrgId, ProgrammeId, ProposalId } from "@biotop/kernel";

export type ProgrammeCreated = { readonly type: "programme.created"; readonly programmeId: ProgrammeId; readonly org: OrgId };

/** Name, addresses, consent policy or state: the edges need to know. */
export type ProgrammeChanged = { readonly type: "programme.changed"; readonly programmeId: ProgrammeId; readonly org: OrgId };

export type OfferPublished = {
  readonly type: "offer.published";
  readonly offerId: OfferId;
  readonly programmeId: ProgrammeId;
  readonly org: OrgId;
  readonly isOpen: boolean;
};

/** A turn is with the others now. */
export type ProposalHandedOver = {
  readonly type: "proposal.handed-over";
  readonly proposalId: ProposalId;
  readonly programmeId: ProgrammeId;
  readonly turn: number;
  readonly by: OrgId;
  /** Who is to answer. */
  readonly turnOf: readonly OrgId[];
  readonly parties: readonly OrgId[];
};

/** One signatory accepted; the contract is concluded only when all have. */
export type ProposalAccepted = {
  readonly type: "proposal.accepted";
  readonly proposalId: ProposalId;
  readonly programmeId: ProgrammeId;
  readonly turn: number;
  readonly by: OrgId;
  readonly turnOf: readonly OrgId[];
  readonly parties: readonly OrgId[];
};

export type ProposalClosed = {
  readonly type: "proposal.closed";
  readonly proposalId: ProposalId;
  readonly programmeId: ProgrammeId;
  readonly state: "declined" | "withdrawn" | "expired";
  readonly by: OrgId | null;
  readonly parties: readonly OrgId[];
};

/** All signatories accepted: a version was made and holds from `effectiveFrom`. */
export type ContractActivated = {
  readonly type: "contract.activated";
  readonly contractId: ContractId;
  readonly versionId: ContractVersionId;
  readonly no: number;
  readonly programmeId: ProgrammeId;
  readonly proposalId: ProposalId;
  readonly parties: readonly OrgId[];
  readonly payer: OrgId;
  readonly earner: OrgId;
  readonly effectiveFrom: Instant;
};

export type ContractsEvent =
  | ProgrammeCreated
  | ProgrammeChanged
  | OfferPublished
  | ProposalHandedOver
  | ProposalAccepted
  | ProposalClosed
  | ContractActivated;
