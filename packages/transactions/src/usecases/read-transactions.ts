import { attributionOf, explanationFor } from "@biotop/attribution";
import { type Programme, programmesByIds, versionsByIds } from "@biotop/contracts";
import type { ConversionId, OrgId, ProgrammeId } from "@biotop/kernel";
import { entriesByRef, type StoredEntry } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import { changesOf, type StoredChange } from "../db/changes.ts";
import { conversionOf } from "../db/conversion-rows.ts";
import { positionsOf, storedOrders } from "../db/conversions.ts";
import { linesOf } from "../db/lines.ts";
import { outcomesAfter, type StoredOutcome } from "../db/outcomes.ts";
import { countPending } from "../db/pending.ts";
import { type ListedTransaction, listTransactions, type Place, type TransactionFilter, transactionById } from "../db/transaction-list.ts";
import { type Current, current } from "../domain/change.ts";
import type { Conversion } from "../domain/conversion.ts";
import type { Line } from "../domain/line.ts";
import type { TransactionsDeps } from "../ports.ts";
import { rules } from "./rules.ts";

export type { ListedTransaction, Place, StoredChange, StoredOutcome };
export type Programmes = ReadonlyMap<string, Programme>;

/** A page of an organisation's conversions, newest first, one row more than asked where there is a next page. */
export function readTransactions(
  { db }: TransactionsDeps,
  org: OrgId,
  filter: TransactionFilter,
  page: { readonly after: Place | undefined; readonly limit: number },
): Promise<{ readonly rows: readonly ListedTransaction[]; readonly programmes: Programmes }> {
  return db.inTransaction({ org }, async (tx) => {
    const rows = await listTransactions(tx, org, filter, page);
    return { rows, programmes: await programmesOf(tx, rows) };
  });
}

export type ReadTransaction = { readonly row: ListedTransaction; readonly programmes: Programmes; readonly details: LoadedDetails };

/** One conversion as far as the organisation may see it. */
export function readTransaction({ db }: TransactionsDeps, org: OrgId, id: ConversionId): Promise<ReadTransaction | undefined> {
  return db.inTransaction({ org }, async (tx) => {
    const row = await transactionById(tx, org, id);
    return row && { row, programmes: await programmesOf(tx, [row]), details: await loadDetails(tx, row, org) };
  });
}

export function readOutcomes(
  { db }: TransactionsDeps,
  org: OrgId,
  after: bigint,
  limit: number,
): Promise<{ readonly rows: readonly StoredOutcome[]; readonly pending: bigint }> {
  return db.inTransaction({ org }, async (tx) => {
    // Counted first: a row that is worked off in between is then in the feed, never in neither.
    const pending = await countPending(tx, org);
    return { pending, rows: await outcomesAfter(tx, org, after, limit) };
  });
}

export function readKnownOrders(
  { db }: TransactionsDeps,
  org: OrgId,
  asked: { readonly programme: ProgrammeId; readonly event: string; readonly orderIds: readonly string[] },
): Promise<readonly string[]> {
  return db.inTransaction({ org }, (tx) => storedOrders(tx, asked.programme, asked.event, asked.orderIds));
}

async function programmesOf(tx: Tx, rows: readonly { readonly programme_id: ProgrammeId }[]): Promise<Programmes> {
  const ids = [...new Set(rows.map((row) => row.programme_id))];
  return new Map((await programmesByIds(tx, ids)).map((programme) => [programme.id, programme]));
}

/** Everything about one conversion as far as the transaction's organisation may see it. */
export type LoadedDetails = {
  readonly conversion: Conversion;
  /** What is still bought. */
  readonly now: Current;
  readonly changes: readonly StoredChange[];
  readonly lines: readonly Line[];
  readonly journey: ReturnType<typeof explanationFor>;
  readonly versionNo: number | undefined;
  readonly entries: readonly StoredEntry[];
};

async function loadDetails(tx: Tx, row: ListedTransaction, viewer: OrgId): Promise<LoadedDetails> {
  const ids: readonly ConversionId[] = [row.id];
  const positions = await positionsOf(tx, ids);
  const conversion = conversionOf(row, positions.get(row.id) ?? []);
  const attribution = (await attributionOf(tx, ids)).get(row.id);
  const versions = row.contract_version_id ? await versionsByIds(tx, [row.contract_version_id]) : [];
  const changes = (await changesOf(tx, ids)).get(row.id) ?? [];
  return {
    conversion,
    changes,
    now: current(
      rules,
      conversion.report,
      changes.map(({ change }) => change),
    ),
    lines: (await linesOf(tx, ids)).get(row.id) ?? [],
    journey: attribution ? explanationFor(attribution.explanation, viewer, row.org_id) : [],
    versionNo: versions[0]?.no,
    entries: await entriesByRef(tx, ids),
  };
}
