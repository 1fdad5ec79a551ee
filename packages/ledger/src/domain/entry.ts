import { createHash } from "node:crypto";
import { type AccountId, assert, type EntryId, epochMs, type Instant, type OrgId, ulid } from "@biotop/kernel";
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

/** The entry's id follows from its key, so that a repeat finds it; it sorts by effective time. */
export function entryIdOf(idempotencyKey: string, effectiveAt: Instant): EntryId {
  return `ent_${ulid(epochMs(effectiveAt), createHash("sha256").update(idempotencyKey).digest())}`;
}

export function accountIdOf(account: AccountRef): AccountId {
  const text = accountKey(account);
  const known = accountIds.get(text);
  if (known) return known;
  const made: AccountId = `acc_${createHash("sha256").update(text).digest("hex").slice(0, 26)}`;
  if (accountIds.size >= accountIdsMax) accountIds.clear();
  accountIds.set(text, made);
  return made;
}

const accountIds = new Map<string, AccountId>();
const accountIdsMax = 50_000;

function accountKey({ owner, code, counterparty, currency }: AccountRef): string {
  return `${owner}|${code}|${counterparty ?? ""}|${currency}`;
}

/** What must be equal when a key comes again. */
export function contentHashOf(entry: NewEntry): string {
  const postings = entry.postings.map(({ account, amountMinor }) => `${accountKey(account)}=${amountMinor}`).join("\n");
  return createHash("sha256")
    .update(`${entry.cause.kind}\n${entry.cause.ref}\n${entry.effectiveAt}\n${entry.reverses ?? ""}\n${postings}`)
    .digest("base64url");
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
