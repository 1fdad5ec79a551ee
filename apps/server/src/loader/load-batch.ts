import { InvariantError } from "@biotop/kernel";
import type { Database, Tx } from "@biotop/platform/db";
import { loadPlaces, type SegmentBatch, type SegmentPlaces, savePlaces } from "@biotop/platform/segments";
import type { ClickRecord, ConversionRecord, CountRecord, EdgeRecord } from "@biotop/tracking-protocol";

/** Who keeps what the edges wrote; each in the transaction that moves the loader's places. */
export type RecordStores = {
  readonly storeClicks: (tx: Tx, records: readonly ClickRecord[]) => Promise<unknown>;
  readonly storeCounts: (tx: Tx, records: readonly CountRecord[]) => Promise<unknown>;
  readonly receiveConversions: (tx: Tx, records: readonly ConversionRecord[]) => Promise<unknown>;
};

export type LoadedBatch =
  /** Stored; `setAside` records were refused by the store and kept for a person to look at. */
  | { readonly kind: "loaded"; readonly places: SegmentPlaces; readonly setAside: number }
  /** Another loader, or an answer that was lost on its way, moved the places: read again from there. */
  | { readonly kind: "moved"; readonly places: SegmentPlaces };

/**
 * Records and places in one transaction: read twice, stored once. The lock makes loaders of several servers take turns; the places are
 * read again under it, because counts without an id rest on nothing else.
 */
export async function loadBatch(db: Database, stores: RecordStores, from: SegmentPlaces, batch: SegmentBatch): Promise<LoadedBatch> {
  try {
    return await inTurn(db, from, batch, (tx) => storeAll(tx, stores, batch.records));
  } catch (error) {
    if (!isAboutContent(error)) throw error;
    return inTurn(db, from, batch, (tx) => storeOneByOne(tx, stores, batch));
  }
}

function inTurn(db: Database, from: SegmentPlaces, batch: SegmentBatch, store: (tx: Tx) => Promise<number>): Promise<LoadedBatch> {
  return db.inTransaction("system", async (tx) => {
    await tx.query("select pg_advisory_xact_lock(7331002)", [], "loader-turn");
    const stored = await loadPlaces(tx);
    if (!areSame(stored, from)) return { kind: "moved", places: stored };
    const setAside = await store(tx);
    await savePlaces(tx, from, batch.places);
    return { kind: "loaded", places: batch.places, setAside };
  });
}

/** Clicks before the sales that may name them. */
async function storeAll(tx: Tx, stores: RecordStores, records: readonly EdgeRecord[]): Promise<number> {
  const clicks: ClickRecord[] = [];
  const counts: CountRecord[] = [];
  const conversions: ConversionRecord[] = [];
  for (const record of records) {
    if (record.kind === "click") clicks.push(record);
    else if (record.kind === "count") counts.push(record);
    else conversions.push(record);
  }
  if (clicks.length > 0) await stores.storeClicks(tx, clicks);
  if (counts.length > 0) await stores.storeCounts(tx, counts);
  if (conversions.length > 0) await stores.receiveConversions(tx, conversions);
  return 0;
}

const setAsideShareMax = 0.5;
const setAsideMin = 10;

/** One bad record holds up no other. When half of them are refused, the store is wrong and not the records: then nothing moves. */
async function storeOneByOne(tx: Tx, stores: RecordStores, batch: SegmentBatch): Promise<number> {
  let setAside = 0;
  for (const record of batch.records) {
    await tx.query("savepoint one_record");
    try {
      await storeAll(tx, stores, [record]);
    } catch (error) {
      await tx.query("rollback to savepoint one_record");
      if (!isAboutContent(error)) throw error;
      setAside += 1;
      if (setAside > Math.max(setAsideMin, batch.records.length * setAsideShareMax)) throw error;
      await tx.query("insert into platform.segment_set_aside (record, reason) values ($1, $2)", [JSON.stringify(record), String(error)]);
    }
    await tx.query("release savepoint one_record");
  }
  return setAside;
}

/** A broken invariant of ours, data exception (22) or integrity violation (23): trying again would end the same. */
function isAboutContent(error: unknown): boolean {
  if (error instanceof InvariantError) return true;
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^2[23][0-9A-Z]{3}$/.test(error.code);
}

function areSame(a: SegmentPlaces, b: SegmentPlaces): boolean {
  if (a.size !== b.size) return false;
  for (const [worker, place] of a) {
    const other = b.get(worker);
    if (other?.segment !== place.segment || other.byteOffset !== place.byteOffset) return false;
  }
  return true;
}
