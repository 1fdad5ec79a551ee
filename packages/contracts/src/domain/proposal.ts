import {
  assert,
  type ContractId,
  err,
  type Instant,
  type OfferId,
  type OrgId,
  ok,
  type ProgrammeId,
  type ProposalId,
  type Result,
} from "@biotop/kernel";
import { type Amended, type Party, signatoriesOf } from "./agreement.ts";

/** A thread of turns between parties: each turn is a whole agreement that can be accepted as it stands. */
export type Proposal = {
  readonly id: ProposalId;
  readonly kind: "partnership";
  readonly programme: ProgrammeId;
  readonly merchant: OrgId;
  readonly offer: OfferId | null;
  readonly amends: Amended | null;
  readonly openedBy: OrgId;
  readonly openedAt: Instant;
  readonly changedAt: Instant;
} & ProposalState;

export type ProposalState =
  | { readonly state: "draft" }
  | { readonly state: "open"; readonly standing: Standing }
  | { readonly state: "accepted"; readonly standing: Standing; readonly contract: ContractId }
  /** A draft that was given up has no standing turn. */
  | { readonly state: "declined" | "withdrawn" | "expired"; readonly reason: string; readonly standing: Standing | null };

/** The turn that stands: what can be accepted now, and who has accepted it already. */
export type Standing = {
  readonly turn: number;
  readonly by: OrgId;
  readonly hash: string;
  readonly parties: readonly Party[];
  readonly acceptedBy: readonly OrgId[];
  readonly expiresAt: Instant | null;
};

export type TurnProblem =
  | { readonly kind: "proposal-closed"; readonly state: string }
  | { readonly kind: "turn-changed"; readonly currentTurn: number; readonly by: OrgId | null }
  | { readonly kind: "not-handed-over" }
  | { readonly kind: "not-a-party" }
  | { readonly kind: "not-a-signatory" }
  | { readonly kind: "hash-differs"; readonly currentHash: string }
  | { readonly kind: "already-accepted"; readonly turn: number }
  | { readonly kind: "not-yours-to-withdraw" };

/** What stays the same whatever state a proposal is in. */
export function identityOf(proposal: Proposal): Omit<Proposal, "state" | "standing" | "reason" | "contract"> {
  const { id, kind, programme, merchant, offer, amends, openedBy, openedAt, changedAt } = proposal;
  return { id, kind, programme, merchant, offer, amends, openedBy, openedAt, changedAt };
}

export function turnNoOf(proposal: Proposal): number {
  return proposal.state === "draft" ? 0 : (proposal.standing?.turn ?? 0);
}

/** Whether `by` may hand over the next turn on what it has seen. */
export function mayHandOver(proposal: Proposal, by: OrgId, expectedTurn: number, at: Instant): Result<number, TurnProblem> {
  const open = stillOpen(proposal, expectedTurn, at);
  if (!open.ok) return open;
  if (proposal.state === "draft") return proposal.openedBy === by ? ok(1) : err({ kind: "not-a-party" });
  if (open.value === undefined) return err({ kind: "not-handed-over" });
  if (!open.value.parties.some((party) => party.org === by)) return err({ kind: "not-a-party" });
  if (!signatoriesOf(open.value.parties).includes(by)) return err({ kind: "not-a-signatory" });
  return ok(open.value.turn + 1);
}

/** The acceptance of the standing turn by one signatory; `isComplete` when it was the last that was missing. */
export function accept(
  proposal: Proposal,
  by: OrgId,
  seen: { readonly turn: number; readonly hash: string },
  at: Instant,
): Result<{ readonly standing: Standing; readonly isComplete: boolean }, TurnProblem> {
  const open = stillOpen(proposal, seen.turn, at);
  if (!open.ok) return open;
  if (open.value === undefined) return err({ kind: "not-handed-over" });
  const standing = open.value;
  if (!signatoriesOf(standing.parties).includes(by)) return err({ kind: "not-a-signatory" });
  if (seen.hash !== standing.hash) return err({ kind: "hash-differs", currentHash: standing.hash });
  if (standing.acceptedBy.includes(by)) return err({ kind: "already-accepted", turn: standing.turn });
  const accepted = { ...standing, acceptedBy: [...standing.acceptedBy, by] };
  return ok({ standing: accepted, isComplete: isComplete(accepted) });
}

export function isComplete(standing: Standing): boolean {
  const signatories = signatoriesOf(standing.parties);
  assert(signatories.length >= 2, "at least two parties sign");
  return signatories.every((org) => standing.acceptedBy.includes(org));
}

export function decline(proposal: Proposal, by: OrgId, expectedTurn: number, at: Instant): Result<Standing, TurnProblem> {
  const open = stillOpen(proposal, expectedTurn, at);
  if (!open.ok) return open;
  if (open.value === undefined) return err({ kind: "not-handed-over" });
  return signatoriesOf(open.value.parties).includes(by) ? ok(open.value) : err({ kind: "not-a-signatory" });
}

/** Whoever opened it or handed over the standing turn takes it back; a draft is simply given up. */
export function withdraw(proposal: Proposal, by: OrgId, expectedTurn: number, at: Instant): Result<Standing | undefined, TurnProblem> {
  const open = stillOpen(proposal, expectedTurn, at);
  if (!open.ok) return open;
  const isMine = proposal.openedBy === by || open.value?.by === by;
  return isMine ? ok(open.value) : err({ kind: "not-yours-to-withdraw" });
}

/** Whose turn it is: the signatories who have yet to answer; when only its author's own acceptance is missing, the author. */
export function turnOf(proposal: Proposal): readonly OrgId[] {
  if (proposal.state === "draft") return [proposal.openedBy];
  if (proposal.state !== "open") return [];
  const { standing } = proposal;
  const missing = signatoriesOf(standing.parties).filter((org) => !standing.acceptedBy.includes(org));
  const others = missing.filter((org) => org !== standing.by);
  return others.length > 0 ? others : missing;
}

/** `undefined` for a draft. The deadline counts from its moment on, whether or not the sweep has passed yet. */
function stillOpen(proposal: Proposal, expectedTurn: number, at: Instant): Result<Standing | undefined, TurnProblem> {
  if (proposal.state !== "open" && proposal.state !== "draft") return err({ kind: "proposal-closed", state: proposal.state });
  if (expectedTurn !== turnNoOf(proposal)) {
    return err({ kind: "turn-changed", currentTurn: turnNoOf(proposal), by: proposal.state === "open" ? proposal.standing.by : null });
  }
  if (proposal.state === "draft") return ok(undefined);
  const { standing } = proposal;
  if (standing.expiresAt !== null && standing.expiresAt <= at) return err({ kind: "proposal-closed", state: "expired" });
  return ok(standing);
}
