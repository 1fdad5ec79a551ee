import type { AccountId, Currency, EntryId, Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { AccountCode } from "../domain/accounts.ts";
import type { Cause, Posting } from "../domain/entry.ts";

export type StoredPosting = Posting & { readonly accountId: AccountId };
export type StoredEntry = {
  readonly id: EntryId;
  readonly cause: Cause;
  readonly effectiveAt: Instant;
  readonly reverses?: EntryId;
  readonly postings: readonly StoredPosting[];
};

type Row = {
  readonly id: EntryId;
  readonly cause_kind: string;
  readonly cause_ref: string;
  readonly effective_at: Instant;
  readonly reverses: EntryId | null;
  readonly account_id: AccountId;
  readonly owner_org: OrgId;
  readonly counterparty_org: OrgId | "";
  readonly code: AccountCode;
  readonly currency: Currency;
  readonly amount_minor: bigint;
};

const columns = `e.id, e.cause_kind, e.cause_ref, e.effective_at, e.reverses,
  p.account_id, p.owner_org, p.counterparty_org, a.code, p.currency, p.amount_minor`;

export async function entriesById(tx: Tx, ids: readonly EntryId[]): Promise<readonly StoredEntry[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from ledger.entry e join ledger.posting p on p.entry_id = e.id join ledger.account a on a.id = p.account_id
     where e.id = any($1) order by e.id, p.no`,
    [ids],
    "ledger-entries-by-id",
  );
  return grouped(rows);
}

/** Entries of one cause (`cnv_…`, `doc_…`), oldest first. */
export async function entriesByRef(tx: Tx, refs: readonly string[]): Promise<readonly StoredEntry[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from ledger.entry e join ledger.posting p on p.entry_id = e.id join ledger.account a on a.id = p.account_id
     where e.cause_ref = any($1) order by e.effective_at, e.created_at, e.id, p.no`,
    [refs],
    "ledger-entries-by-ref",
  );
  return grouped(rows);
}

export type EntryFilter = {
  readonly owner?: OrgId;
  readonly account?: AccountId;
  readonly ref?: string;
  /** Entries with a smaller id. */
  readonly before?: string;
  readonly limit: number;
};

/** Entries on an owner's accounts, newest first. */
export async function listEntries(tx: Tx, filter: EntryFilter): Promise<readonly StoredEntry[]> {
  const { rows } = await tx.query<{ id: EntryId }>(
    `select e.id from ledger.entry e
     where ($1::text is null or e.cause_ref = $1) and ($2::text is null or e.id < $2)
       and exists (select from ledger.posting p where p.entry_id = e.id
         and ($3::text is null or p.owner_org = $3) and ($4::text is null or p.account_id = $4))
     order by e.id desc limit $5`,
    [filter.ref ?? null, filter.before ?? null, filter.owner ?? null, filter.account ?? null, filter.limit],
  );
  const entries = await entriesById(
    tx,
    rows.map((row) => row.id),
  );
  return [...entries].sort((a, b) => (a.id < b.id ? 1 : -1));
}

function grouped(rows: readonly Row[]): readonly StoredEntry[] {
  const entries = new Map<EntryId, StoredEntry & { readonly postings: StoredPosting[] }>();
  for (const row of rows) {
    const entry = entries.get(row.id) ?? entryOf(row);
    entries.set(row.id, entry);
    entry.postings.push({
      accountId: row.account_id,
      account: {
        owner: row.owner_org,
        code: row.code,
        currency: row.currency,
        ...(row.counterparty_org === "" ? {} : { counterparty: row.counterparty_org }),
      },
      amountMinor: row.amount_minor,
    });
  }
  return [...entries.values()];
}

function entryOf(row: Row): StoredEntry & { readonly postings: StoredPosting[] } {
  return {
    id: row.id,
    cause: { kind: row.cause_kind, ref: row.cause_ref },
    effectiveAt: row.effective_at,
    ...(row.reverses ? { reverses: row.reverses } : {}),
    postings: [],
  };
}
