import { type FileHandle, open } from "node:fs/promises";
import { type EdgeRecord, frameAt, frameRecords, nextFrameAfter, segmentHeader } from "@biotop/tracking-protocol";
import { listWorkers, segmentNumber, type WorkerFiles } from "./segment-files.ts";

/** Up to where a worker's log is loaded. */
export type SegmentPlace = { readonly segment: string; readonly byteOffset: number };
export type SegmentPlaces = ReadonlyMap<string, SegmentPlace>;

/** Bytes that could not be read, and where they are. Torn tails are what a crash leaves of a group that nobody was told is stored. */
export type SegmentGap = SegmentPlace & {
  readonly worker: string;
  readonly kind: "torn-tail" | "damaged" | "missing-segment" | "foreign-file";
  readonly bytes: number;
};

export type SegmentBatch = {
  /** Of one worker in the order in which they were stored. */
  readonly records: readonly EdgeRecord[];
  /** The places after these records: to be saved in the transaction that stores them. */
  readonly places: SegmentPlaces;
  readonly gaps: readonly SegmentGap[];
  /** Whether everything that was stored before this call is in `records` or was in earlier batches. */
  readonly reachedEnd: boolean;
};

export type SegmentReader = { readonly readBatch: (from: SegmentPlaces) => Promise<SegmentBatch> };

const chunkBytes = 256 * 1024;
/** A worker that was idle is looked at often: a small look is enough. */
const firstChunkBytes = 32 * 1024;

/** Tails the segments of all workers: whole frames only, in batches of about `recordsMax`. Keeps no place itself. */
export function createSegmentReader(options: { readonly directory: string; readonly recordsMax?: number }): SegmentReader {
  const recordsMax = options.recordsMax ?? 5000;
  const finished = new Set<string>();
  return {
    async readBatch(from) {
      const batch: Draft = { records: [], places: new Map(from), gaps: [], reachedEnd: true };
      for (const files of await listWorkers(options.directory)) {
        if (finished.has(files.worker) && from.has(files.worker)) continue;
        if (batch.records.length >= recordsMax) {
          batch.reachedEnd = false;
          break;
        }
        const isAtEnd = await readWorker(options.directory, files, batch, recordsMax);
        if (!isAtEnd) batch.reachedEnd = false;
        if (isAtEnd && files.isClosed && isSamePlace(from.get(files.worker), batch.places.get(files.worker))) finished.add(files.worker);
      }
      return batch;
    },
  };
}

type Draft = { records: EdgeRecord[]; places: Map<string, SegmentPlace>; gaps: SegmentGap[]; reachedEnd: boolean };

function isSamePlace(a: SegmentPlace | undefined, b: SegmentPlace | undefined): boolean {
  return a !== undefined && b !== undefined && a.segment === b.segment && a.byteOffset === b.byteOffset;
}

/** Reads on in one worker's log; whether its end was reached. */
async function readWorker(directory: string, files: WorkerFiles, batch: Draft, recordsMax: number): Promise<boolean> {
  const { worker, segments } = files;
  let place = batch.places.get(worker);
  for (const [index, segment] of segments.entries()) {
    if (place && segment < place.segment) continue;
    reportMissing(worker, segments[index - 1], segment, place, batch);
    const isFinal = files.isClosed || index < segments.length - 1;
    const start = place?.segment === segment ? place.byteOffset : 0;
    const end = await readSegment({ path: `${directory}/${worker}/${segment}`, worker, segment, isFinal, recordsMax }, start, batch);
    place = { segment, byteOffset: end.byteOffset };
    batch.places.set(worker, place);
    if (!end.isAtEnd) return false;
    if (!isFinal) return true;
  }
  return true;
}

/** Numbers follow each other; a number that is not there is a gap, unless it lies before what was loaded (removed files). */
function reportMissing(worker: string, previous: string | undefined, segment: string, place: SegmentPlace | undefined, batch: Draft): void {
  const known = place && (previous === undefined || previous < place.segment) ? place.segment : previous;
  const expected = known === undefined ? 1 : segmentNumber(known) + (known === segment ? 0 : 1);
  for (let number = expected; number < segmentNumber(segment); number += 1) {
    const missing = `${String(number).padStart(8, "0")}.seg`;
    batch.gaps.push({ worker, segment: missing, byteOffset: 0, kind: "missing-segment", bytes: 0 });
  }
}

type SegmentJob = {
  readonly path: string;
  readonly worker: string;
  readonly segment: string;
  readonly isFinal: boolean;
  readonly recordsMax: number;
};
type ReadTo = { readonly byteOffset: number; readonly isAtEnd: boolean };

async function readSegment(job: SegmentJob, start: number, batch: Draft): Promise<ReadTo> {
  const file = await open(job.path, "r");
  try {
    const size = (await file.stat()).size;
    const header = await readChunk(file, 0, segmentHeader.length);
    if (!header.equals(segmentHeader)) {
      if (!job.isFinal) return { byteOffset: 0, isAtEnd: true };
      if (start < size) batch.gaps.push({ worker: job.worker, segment: job.segment, byteOffset: 0, kind: "foreign-file", bytes: size });
      return { byteOffset: size, isAtEnd: true };
    }
    return await readFrames(job, file, size, Math.max(start, segmentHeader.length), batch);
  } finally {
    await file.close();
  }
}

async function readFrames(job: SegmentJob, file: FileHandle, size: number, start: number, batch: Draft): Promise<ReadTo> {
  let byteOffset = start;
  let wanted = firstChunkBytes;
  while (byteOffset < size) {
    const bytes = await readChunk(file, byteOffset, wanted);
    const isWhole = byteOffset + bytes.length >= size;
    let at = 0;
    let seen = frameAt(bytes, at, isWhole);
    while (seen.kind === "frame") {
      for (const record of frameRecords(seen.payload)) batch.records.push(record);
      at = seen.end;
      if (batch.records.length >= job.recordsMax) return { byteOffset: byteOffset + at, isAtEnd: false };
      seen = frameAt(bytes, at, isWhole);
    }
    byteOffset += at;
    if (seen.kind === "more") {
      wanted = Math.max(chunkBytes, seen.bytes);
      continue;
    }
    if (byteOffset >= size) break;
    const next = await skipBroken(job, file, size, byteOffset, seen.kind, batch);
    if (next === undefined) return { byteOffset, isAtEnd: true };
    byteOffset = next;
    wanted = chunkBytes;
  }
  return { byteOffset, isAtEnd: true };
}

/**
 * Where to read on after zeros or broken bytes: at the next whole frame, if one follows; at the file's end when nothing follows
 * and the writer is gone; `undefined` (wait here) while it may still be writing.
 */
async function skipBroken(
  job: SegmentJob,
  file: FileHandle,
  size: number,
  byteOffset: number,
  kind: "end" | "broken",
  batch: Draft,
): Promise<number | undefined> {
  if (kind === "end" && !job.isFinal) return undefined;
  const rest = await readChunk(file, byteOffset, size - byteOffset);
  const next = nextFrameAfter(rest, 0);
  const gap = { worker: job.worker, segment: job.segment, byteOffset };
  if (next !== undefined) {
    batch.gaps.push({ ...gap, kind: "damaged", bytes: next });
    return byteOffset + next;
  }
  if (!job.isFinal) return undefined;
  if (kind === "broken") batch.gaps.push({ ...gap, kind: "torn-tail", bytes: rest.length });
  return size;
}

async function readChunk(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
