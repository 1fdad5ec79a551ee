import { assert, type EntryId, type Instant, type OrgId } from "@biotop/kernel";
import type { AccountRef } from "./accounts.ts";

/** One movement on one account; debit is positive. */
export type Posting = { readonly account: AccountRef; readonly amountMinor: bigint };

/** Why an entry exists: `{ kind: "accrue", ref: "cnv_…" }`. */
export type Cause = { readonly kind: string; readonly ref: string };

export type NewEntry = {
  /** The same key names the same entry for ever; with other content it is a bug of the caller. */
  readonly idempotencyKey: string;
  readonly cause: Cause;
  readonly effectiveAt: Instant;
  readonly postings: readonly Posting[];
  /** The entry that this one takes back; each can be taken back once. */
  readonly reverses?: EntryId;
};

/** States what makes an entry one; the database holds the same with constraints. */
export function assertEntry(entry: NewEntry): void {
  assert(entry.idempotencyKey !== "", "every entry has an idempotency key");
  assert(entry.cause.kind !== "" && entry.cause.ref !== "", "every entry names what caused it");
  assert(entry.postings.length >= 2, "an entry moves something between accounts");
  const sums = new Map<string, bigint>();
  for (const { account, amountMinor } of entry.postings) {
    assert(amountMinor !== 0n, "a posting moves something");
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + amountMinor);
  }
  for (const total of sums.values()) assert(total === 0n, "an entry balances in every currency");
}

/** Everybody who may see that the entry exists. */
export function partiesOf(entry: NewEntry): readonly OrgId[] {
  const parties = new Set<OrgId>();
  for (const { account } of entry.postings) {
    parties.add(account.owner);
    if (account.counterparty) parties.add(account.counterparty);
  }
  return [...parties].sort();
}
