import { assert, type EntryId, type Instant } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { hashesByKey, insertEntries, insertPostings, moveBalances } from "../db/entries.ts";
import { contentHashOf } from "../db/entry-keys.ts";
import { entriesById } from "../db/reading.ts";
import { assertEntry, type Cause, type NewEntry } from "../domain/entry.ts";

/**
 * Writes entries in the caller's transaction, together with the fact that caused them. A key that is known with the same
 * content writes nothing; with other content it is a bug of the caller and nothing of the transaction stays.
 */
export async function post(tx: Tx, entries: readonly NewEntry[]): Promise<{ readonly posted: number; readonly known: number }> {
  if (entries.length === 0) return { posted: 0, known: 0 };
  for (const entry of entries) assertEntry(entry);
  const byKey = new Map(entries.map((entry) => [entry.idempotencyKey, entry]));
  assert(byKey.size === entries.length, "a batch names every entry once");

  const distinct = [...byKey.values()];
  const inserted = await insertEntries(tx, distinct);
  const fresh = distinct.filter((entry) => inserted.has(entry.idempotencyKey));
  if (fresh.length < distinct.length)
    await assertSameContent(
      tx,
      distinct.filter((entry) => !inserted.has(entry.idempotencyKey)),
    );
  if (fresh.length > 0) {
    await moveBalances(tx, fresh);
    await insertPostings(tx, fresh);
  }
  return { posted: fresh.length, known: distinct.length - fresh.length };
}

async function assertSameContent(tx: Tx, known: readonly NewEntry[]): Promise<void> {
  const hashes = await hashesByKey(
    tx,
    known.map((entry) => entry.idempotencyKey),
  );
  for (const entry of known)
    assert(hashes.get(entry.idempotencyKey) === contentHashOf(entry), `one idempotency key names one content: ${entry.idempotencyKey}`);
}

/** Takes entries back as a whole, each by a linked entry; what was taken back already stays so. */
export async function reverse(
  tx: Tx,
  command: { readonly entries: readonly EntryId[]; readonly cause: Cause; readonly effectiveAt: Instant },
): Promise<void> {
  const originals = await entriesById(tx, command.entries);
  assert(originals.length === new Set(command.entries).size, "only stored entries are taken back");
  await post(
    tx,
    originals.map((original) => ({
      idempotencyKey: `reverse/${original.id}`,
      cause: command.cause,
      effectiveAt: command.effectiveAt,
      reverses: original.id,
      postings: original.postings.map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor })),
    })),
  );
}
