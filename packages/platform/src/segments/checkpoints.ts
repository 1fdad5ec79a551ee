import type { Tx } from "../db/index.ts";
import type { SegmentPlace, SegmentPlaces } from "./segment-reader.ts";

/** Where the loader is in every worker's log. */
export async function loadPlaces(tx: Tx): Promise<SegmentPlaces> {
  const { rows } = await tx.query<{ worker: string; segment: string; byte_offset: bigint }>(
    `select distinct on (worker) worker, segment, byte_offset from platform.segment_checkpoint order by worker, segment desc`,
  );
  return new Map(rows.map((row) => [row.worker, { segment: row.segment, byteOffset: Number(row.byte_offset) }]));
}

/** Remembers the places that moved, in the transaction that stores the records before them. */
export async function savePlaces(tx: Tx, before: SegmentPlaces, after: SegmentPlaces): Promise<void> {
  const moved = [...after].filter(([worker, place]) => !isSame(before.get(worker), place));
  if (moved.length === 0) return;
  await tx.query(
    `insert into platform.segment_checkpoint (worker, segment, byte_offset)
     select * from unnest($1::text[], $2::text[], $3::bigint[])
     on conflict (worker, segment) do update set byte_offset = greatest(segment_checkpoint.byte_offset, excluded.byte_offset)`,
    [moved.map(([worker]) => worker), moved.map(([, place]) => place.segment), moved.map(([, place]) => place.byteOffset)],
    "platform.save_places",
  );
}

function isSame(a: SegmentPlace | undefined, b: SegmentPlace): boolean {
  return a?.segment === b.segment && a.byteOffset === b.byteOffset;
}

/** Forgets logs whose files were removed. */
export async function forgetWorkers(tx: Tx, workers: readonly string[]): Promise<void> {
  if (workers.length > 0) await tx.query("delete from platform.segment_checkpoint where worker = any($1::text[])", [[...workers]]);
}
