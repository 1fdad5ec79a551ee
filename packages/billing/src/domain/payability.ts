import { type Instant, type Money, type OrgId, plusMs } from "@biotop/kernel";
import { type WaitingReason, waitingFor } from "./waiting-reason.ts";

/** How money leaves: in a SEPA file, or by hand from a list. */
export type Rail = "sepa" | "manual";

export type PayeeAccount = {
  readonly holder: string;
  readonly iban: string | null;
  readonly accountText: string | null;
  readonly changedAt: Instant;
};

export type PayableFacts = {
  readonly supplier: OrgId;
  readonly issuer: OrgId;
  readonly settlement: "open" | "in-payout-run" | "paid";
  readonly isHeld: boolean;
  /** All that the payer owes this payee on documents in this currency. */
  readonly owed: Money;
  readonly thresholdMinor: bigint;
  readonly account: PayeeAccount | undefined;
  readonly payerHasAccount: boolean;
  readonly now: Instant;
};

/** A changed account rests, so that its owner notices a change that was not its own. */
export const accountRestsMs = 72 * 3_600_000;

export function railOf(currency: string, account: PayeeAccount | undefined): Rail {
  return currency === "EUR" && account?.iban ? "sepa" : "manual";
}

/** What a document still lacks before it can be paid; nothing = it is ready. */
export function missingForPayment(facts: PayableFacts): readonly WaitingReason[] {
  if (facts.settlement === "paid") return [];
  if (facts.settlement === "in-payout-run") return [waitingFor("in-payout-run", facts.issuer)];

  const missing: WaitingReason[] = [];
  if (facts.isHeld) missing.push(waitingFor("on-hold", facts.issuer));
  if (facts.owed.minor < facts.thresholdMinor) missing.push(waitingFor("below-threshold"));
  missing.push(...missingAccount(facts));
  return missing;
}

function missingAccount({ account, supplier, issuer, payerHasAccount, now, owed }: PayableFacts): readonly WaitingReason[] {
  if (!account || (!account.iban && !account.accountText)) return [waitingFor("bank-account-missing", supplier)];
  const restsUntil = plusMs(account.changedAt, accountRestsMs);
  if (now < restsUntil) return [waitingFor("bank-account-changed", null, restsUntil)];
  if (railOf(owed.currency, account) === "sepa" && !payerHasAccount) return [waitingFor("payer-bank-account-missing", issuer)];
  return [];
}
