import {
  type Currency,
  canonicalJson,
  type DocumentId,
  err,
  type Instant,
  type OrgId,
  ok,
  type PayoutId,
  type PayoutRunId,
  type Result,
  type UserId,
} from "@biotop/kernel";
import type { Rail } from "./payability.ts";

/** Who did something: a person, a key, or the month end itself. */
export type RunActor = {
  readonly kind: "user" | "key" | "system";
  readonly id: string;
  /** The person, or who created the key; `null` for the month end and for keys of the command line. */
  readonly person: UserId | null;
};

export type PayoutLine = {
  readonly id: PayoutId;
  readonly payee: OrgId;
  readonly amountMinor: bigint;
  readonly holder: string;
  readonly iban: string | null;
  readonly accountText: string | null;
  readonly city: string;
  readonly country: string;
  readonly reference: string;
  readonly documents: readonly DocumentId[];
};

export type PayoutRun = {
  readonly id: PayoutRunId;
  readonly payer: OrgId;
  readonly currency: Currency;
  readonly rail: Rail;
  readonly payerHolder: string;
  readonly payerIban: string | null;
  readonly lines: readonly PayoutLine[];
  readonly madeBy: RunActor;
  readonly madeAt: Instant;
} & RunState;

export type RunState =
  | { readonly state: "draft" }
  | ({ readonly state: "approved" } & Approval)
  | ({ readonly state: "exported"; readonly exportedAt: Instant } & Approval)
  | ({ readonly state: "completed"; readonly exportedAt: Instant } & Approval)
  | { readonly state: "cancelled"; readonly cancelledAt: Instant };

export type Approval = { readonly approvedBy: RunActor; readonly approvedAt: Instant; readonly isApprovedAlone: boolean };

export type ApproveRefusal =
  | { readonly kind: "payout-run-not-open"; readonly state: RunState["state"] }
  | { readonly kind: "payout-run-changed"; readonly hash: string }
  | { readonly kind: "maker-cannot-approve"; readonly reason: SamePair }
  | { readonly kind: "fresh-sign-in-needed" };

export type Approver = {
  readonly actor: RunActor;
  readonly isFresh: boolean;
  readonly hash: string;
  /** People in the paying organisation. */
  readonly members: number;
};

type MadeRun = { readonly madeByKind: RunActor["kind"]; readonly madeBy: string; readonly madeByPerson: UserId | null };

export function makerOf({ madeByKind, madeBy, madeByPerson }: MadeRun): RunActor {
  return { kind: madeByKind, id: madeBy, person: madeByPerson };
}

/** How maker and checker turn out to be one. */
export type SamePair = "own-run" | "run-of-own-key" | "run-of-key-creator" | "run-of-same-creators-key";

/** Why two actors are one pair of eyes, a key counting as the person who created it; `undefined` when they are two. */
export function samePair(maker: RunActor, checker: RunActor): SamePair | undefined {
  if (maker.kind === checker.kind && maker.id === checker.id) return "own-run";
  if (checker.person === null || maker.person !== checker.person) return undefined;
  if (checker.kind === "user") return "run-of-own-key";
  return maker.kind === "user" ? "run-of-key-creator" : "run-of-same-creators-key";
}

/**
 * Four eyes: maker and checker differ. Only where the organisation has one member may that person do both, with a second
 * factor given just now. The approval holds for exactly the lines behind the hash.
 */
export function approveRun(
  run: PayoutRun,
  hash: string,
  by: Approver,
  at: Instant,
): Result<PayoutRun & { readonly state: "approved" }, ApproveRefusal> {
  if (run.state !== "draft") return err({ kind: "payout-run-not-open", state: run.state });
  if (by.hash !== hash) return err({ kind: "payout-run-changed", hash });

  const reason = samePair(run.madeBy, by.actor);
  if (reason && (by.members !== 1 || by.actor.kind !== "user")) return err({ kind: "maker-cannot-approve", reason });
  if (reason && !by.isFresh) return err({ kind: "fresh-sign-in-needed" });
  return ok({ ...run, state: "approved", approvedBy: by.actor, approvedAt: at, isApprovedAlone: reason !== undefined });
}

/** What an approval is bound to, as the text that is hashed: who pays whom how much, from where to where. */
export function payoutRunText(run: Omit<PayoutRun, keyof Approval | "state" | "exportedAt" | "cancelledAt">): string {
  return canonicalJson({
    run: run.id,
    payer: run.payer,
    currency: run.currency,
    rail: run.rail,
    payerHolder: run.payerHolder,
    payerIban: run.payerIban,
    lines: run.lines.map((line) => ({ ...line, amountMinor: line.amountMinor.toString(), documents: [...line.documents] })),
  });
}

export function runTotalMinor(run: { readonly lines: readonly { readonly amountMinor: bigint }[] }): bigint {
  return run.lines.reduce((total, line) => total + line.amountMinor, 0n);
}
