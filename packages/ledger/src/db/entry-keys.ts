import { createHash } from "node:crypto";
import { type AccountId, type EntryId, epochMs, type Instant, ulid } from "@biotop/kernel";
import type { AccountRef } from "../domain/accounts.ts";
import type { NewEntry } from "../domain/entry.ts";

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
