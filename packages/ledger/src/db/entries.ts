import type { AccountId, EntryId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type NewEntry, partiesOf } from "../domain/entry.ts";
import { accountIdOf, contentHashOf, entryIdOf } from "./entry-keys.ts";

type Stored = { readonly idempotency_key: string; readonly content_hash: string };

/** Inserts what is new and answers the keys that were inserted. */
export async function insertEntries(tx: Tx, entries: readonly NewEntry[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ idempotency_key: string }>(
    `insert into ledger.entry (id, idempotency_key, content_hash, cause_kind, cause_ref, effective_at, reverses, parties)
     select e.id, e.key, e.hash, e.kind, e.ref, e.at, nullif(e.reverses, ''), string_to_array(e.parties, ',')
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[])
       as e(id, key, hash, kind, ref, at, reverses, parties)
     on conflict (idempotency_key) do nothing
     returning idempotency_key`,
    [
      entries.map((entry) => entryIdOf(entry.idempotencyKey, entry.effectiveAt)),
      entries.map((entry) => entry.idempotencyKey),
      entries.map(contentHashOf),
      entries.map((entry) => entry.cause.kind),
      entries.map((entry) => entry.cause.ref),
      entries.map((entry) => entry.effectiveAt),
      entries.map((entry) => entry.reverses ?? ""),
      entries.map((entry) => partiesOf(entry).join(",")),
    ],
    "ledger-insert-entries",
  );
  return new Set(rows.map((row) => row.idempotency_key));
}

/** Content hashes of stored entries by key. */
export async function hashesByKey(tx: Tx, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await tx.query<Stored>("select idempotency_key, content_hash from ledger.entry where idempotency_key = any($1)", [keys]);
  return new Map(rows.map((row) => [row.idempotency_key, row.content_hash]));
}

export async function insertPostings(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  const columns = { entry: [] as EntryId[], no: [] as number[], account: [] as string[], owner: [] as string[] };
  const more = { counterparty: [] as string[], currency: [] as string[], amount: [] as bigint[] };
  for (const entry of entries) {
    const id = entryIdOf(entry.idempotencyKey, entry.effectiveAt);
    for (const [index, { account, amountMinor }] of entry.postings.entries()) {
      columns.entry.push(id);
      columns.no.push(index + 1);
      columns.account.push(accountIdOf(account));
      columns.owner.push(account.owner);
      more.counterparty.push(account.counterparty ?? "");
      more.currency.push(account.currency);
      more.amount.push(amountMinor);
    }
  }
  await tx.query(
    `insert into ledger.posting (entry_id, no, account_id, owner_org, counterparty_org, currency, amount_minor)
     select * from unnest($1::text[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[])`,
    [columns.entry, columns.no, columns.account, columns.owner, more.counterparty, more.currency, more.amount],
    "ledger-insert-postings",
  );
}

type Change = { readonly id: AccountId; readonly ref: NewEntry["postings"][number]["account"]; amountMinor: bigint; postings: number };

/** Moves the balances; always in the order of the account ids, so that two transactions never wait for each other in a circle. */
export async function moveBalances(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  const changes = balanceChanges(entries);
  const moved = await updateBalances(tx, changes);
  if (moved.size === changes.length) return;
  const missing = changes.filter((change) => !moved.has(change.id));
  await tx.query(
    `insert into ledger.account (id, owner_org, code, counterparty_org, currency)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) on conflict do nothing`,
    [
      missing.map((change) => change.id),
      missing.map((change) => change.ref.owner),
      missing.map((change) => change.ref.code),
      missing.map((change) => change.ref.counterparty ?? ""),
      missing.map((change) => change.ref.currency),
    ],
  );
  await updateBalances(tx, missing);
}

function balanceChanges(entries: readonly NewEntry[]): readonly Change[] {
  const changes = new Map<AccountId, Change>();
  for (const { postings } of entries) {
    for (const { account, amountMinor } of postings) {
      const id = accountIdOf(account);
      const known = changes.get(id);
      if (known) {
        known.amountMinor += amountMinor;
        known.postings += 1;
      } else changes.set(id, { id, ref: account, amountMinor, postings: 1 });
    }
  }
  return [...changes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function updateBalances(tx: Tx, changes: readonly Change[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `with change as (select * from unnest($1::text[], $2::bigint[], $3::bigint[]) as c(id, amount, postings)),
       locked as materialized (select id from ledger.account where id = any($1::text[]) order by id for update)
     update ledger.account a set balance_minor = a.balance_minor + c.amount, postings = a.postings + c.postings
     from change c join locked l on l.id = c.id where a.id = c.id returning a.id`,
    [changes.map((change) => change.id), changes.map((change) => change.amountMinor), changes.map((change) => change.postings)],
    "ledger-move-balances",
  );
  return new Set(rows.map((row) => row.id));
}
