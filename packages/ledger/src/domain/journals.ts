import { assert, type Currency, type OrgId } from "@biotop/kernel";
import type { AccountCode } from "./accounts.ts";
import type { Posting } from "./entry.ts";

/** What one payer owes one payee, in one currency. */
export type Claim = { readonly payer: OrgId; readonly payee: OrgId; readonly currency: Currency };

/** Where a commission stands: `open` before the merchant's decision, `approved` after it. */
export type ClaimStage = "open" | "approved";

const stageAccounts = {
  open: { payer: "memo:accrued", payee: "memo:pending" },
  approved: { payer: "memo:unbilled", payee: "memo:approved" },
} as const satisfies Record<ClaimStage, { payer: AccountCode; payee: AccountCode }>;

/** A claim comes into being (or, negative, goes away) in a stage: accrue, decline and adjust are made of it. */
export function raise(claim: Claim, stage: ClaimStage, amountMinor: bigint): readonly Posting[] {
  if (amountMinor === 0n) return [];
  return [payerSide(claim, stageAccounts[stage].payer, amountMinor), payeeSide(claim, stageAccounts[stage].payee, -amountMinor)];
}

/** The merchant's decision: a claim goes from one stage to the other, on both sides. */
export function advance(claim: Claim, from: ClaimStage, to: ClaimStage, amountMinor: bigint): readonly Posting[] {
  return [...raise(claim, from, -amountMinor), ...raise(claim, to, amountMinor)];
}

/** A document turns approved net claims into a gross debt; VAT is a line of its own on both sides. */
export function document(claim: Claim, netMinor: bigint, vatMinor: bigint): readonly Posting[] {
  assert(netMinor > 0n && vatMinor >= 0n, "a document has a positive total");
  const grossMinor = netMinor + vatMinor;
  return [
    payerSide(claim, "memo:unbilled", -netMinor),
    payerSide(claim, "memo:due", grossMinor),
    payeeSide(claim, "memo:approved", netMinor),
    payeeSide(claim, "memo:payable", -grossMinor),
    ...(vatMinor === 0n ? [] : [payerSide(claim, "memo:vat", -vatMinor), payeeSide(claim, "memo:vat", vatMinor)]),
  ];
}

/** The payer has paid a gross debt. */
export function pay(claim: Claim, grossMinor: bigint): readonly Posting[] {
  assert(grossMinor > 0n, "a payment is positive");
  return [
    payerSide(claim, "memo:due", -grossMinor),
    payerSide(claim, "memo:settled", grossMinor),
    payeeSide(claim, "memo:payable", grossMinor),
    payeeSide(claim, "memo:paid", -grossMinor),
  ];
}

function payerSide({ payer, payee, currency }: Claim, code: AccountCode, amountMinor: bigint): Posting {
  return { account: { owner: payer, code, counterparty: payee, currency }, amountMinor };
}

function payeeSide({ payer, payee, currency }: Claim, code: AccountCode, amountMinor: bigint): Posting {
  return { account: { owner: payee, code, counterparty: payer, currency }, amountMinor };
}
