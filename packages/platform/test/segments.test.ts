import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeFrame, segmentHeader } from "@biotop/tracking-protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createSegmentReader,
  removeLoadedSegments,
  type SegmentGap,
  type SegmentPlaces,
  type SegmentReader,
} from "../src/segments/index.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "biotop-segments-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const line = (number: number) => JSON.stringify({ kind: "count", number });
const frame = (...numbers: number[]) => encodeFrame(numbers.map(line));
const zeros = Buffer.alloc(4096);

function put(worker: string, segment: number, ...parts: Buffer[]): void {
  mkdirSync(join(directory, worker), { recursive: true });
  writeFileSync(join(directory, worker, `${String(segment).padStart(8, "0")}.seg`), Buffer.concat([segmentHeader, ...parts]));
}

const close = (worker: string) => writeFileSync(join(directory, worker, "closed"), "");

async function drain(reader: SegmentReader, from: SegmentPlaces = new Map()) {
  const numbers: number[] = [];
  const gaps: SegmentGap[] = [];
  let places = from;
  for (let round = 0; round < 1000; round += 1) {
    const batch = await reader.readBatch(places);
    numbers.push(...batch.records.map((record) => (record as unknown as { number: number }).number));
    gaps.push(...batch.gaps);
    places = batch.places;
    if (batch.reachedEnd) return { numbers, gaps, places };
  }
  throw new Error("the end was not reached");
}

describe("segment reader", () => {
  test("no log is an empty log", async () => {
    expect(await drain(createSegmentReader({ directory: join(directory, "none") }))).toMatchObject({ numbers: [], gaps: [] });
  });

  test("records of all workers and segments come in order, in batches, once", async () => {
    put("w1", 1, frame(1, 2), frame(3), zeros);
    put("w1", 2, frame(4), zeros);
    put("w2", 1, frame(5, 6), zeros);
    for (const recordsMax of [1, 2, 100]) {
      const read = await drain(createSegmentReader({ directory, recordsMax }));
      expect(read).toMatchObject({ numbers: [1, 2, 3, 4, 5, 6], gaps: [] });
      expect(await drain(createSegmentReader({ directory, recordsMax }), read.places)).toMatchObject({ numbers: [], gaps: [] });
    }
  });

  test("a group larger than one look is read as a whole", async () => {
    const large = encodeFrame(Array.from({ length: 20_000 }, (_, number) => line(number)));
    put("w1", 1, frame(7), large, frame(8), zeros);
    expect((await drain(createSegmentReader({ directory }))).numbers.length).toBe(20_002);
  });

  test("what is half written is waited for, and read when it is complete", async () => {
    const reader = createSegmentReader({ directory });
    const second = frame(2, 3);
    for (let length = 1; length < second.length; length += 7) {
      put("w1", 1, frame(1), second.subarray(0, length), zeros);
      const before = await drain(reader);
      expect(before).toMatchObject({ numbers: [1], gaps: [] });
      put("w1", 1, frame(1), second, zeros);
      expect((await drain(reader, before.places)).numbers).toEqual([2, 3]);
    }
  });

  test("a torn tail is skipped and counted when the worker is gone or went on in a new segment", async () => {
    const torn = frame(2, 3).subarray(0, 30);
    put("w1", 1, frame(1), torn, zeros);
    put("w1", 2, frame(4), zeros);
    put("w2", 1, frame(5), torn);
    close("w2");
    const { numbers, gaps } = await drain(createSegmentReader({ directory }));
    expect(numbers).toEqual([1, 4, 5]);
    const byteOffset = segmentHeader.length + frame(1).length;
    expect(gaps).toEqual([
      { worker: "w1", segment: "00000001.seg", byteOffset, kind: "torn-tail", bytes: 30 + zeros.length },
      { worker: "w2", segment: "00000001.seg", byteOffset, kind: "torn-tail", bytes: 30 },
    ]);
  });

  test("a flipped bit or a hole of zeros in the middle costs its group only and is reported with its place", async () => {
    const flipped = frame(2);
    flipped[20] = (flipped[20] ?? 0) ^ 4;
    put("w1", 1, frame(1), flipped, frame(3), zeros);
    put("w1", 2, frame(4), Buffer.alloc(512), frame(5), zeros);
    put("w1", 3, zeros);
    const { numbers, gaps } = await drain(createSegmentReader({ directory }));
    expect(numbers).toEqual([1, 3, 4, 5]);
    expect(gaps.map(({ segment, kind, bytes }) => ({ segment, kind, bytes }))).toEqual([
      { segment: "00000001.seg", kind: "damaged", bytes: flipped.length },
      { segment: "00000002.seg", kind: "damaged", bytes: 512 },
    ]);
  });

  test("a missing segment and a foreign file are reported and do not stop the rest", async () => {
    put("w1", 1, frame(1));
    put("w1", 4, frame(4));
    put("w1", 6, zeros);
    writeFileSync(join(directory, "w1", "00000005.seg"), "something else entirely");
    const { numbers, gaps } = await drain(createSegmentReader({ directory }));
    expect(numbers).toEqual([1, 4]);
    expect(gaps.map(({ segment, kind }) => `${segment} ${kind}`)).toEqual([
      "00000002.seg missing-segment",
      "00000003.seg missing-segment",
      "00000005.seg foreign-file",
    ]);
  });

  test("loaded and old segments are removed, the one in use and the unloaded ones stay", async () => {
    const old = new Date(2026, 0, 1);
    put("w1", 1, frame(1));
    put("w1", 2, frame(2));
    put("w1", 3, frame(3), zeros);
    put("w2", 1, frame(4));
    close("w2");
    for (const path of ["w1/00000001.seg", "w1/00000003.seg", "w2/00000001.seg"]) utimesSync(join(directory, path), old, old);
    const { places } = await drain(createSegmentReader({ directory }));
    mkdirSync(join(directory, "w3"));
    close("w3");
    const keep = { directory, keepMs: 86_400_000, nowMs: Date.now() };
    expect(await removeLoadedSegments({ ...keep, places: new Map() })).toEqual({ segments: 0, workers: ["w3"] });
    expect(await removeLoadedSegments({ ...keep, places })).toEqual({ segments: 2, workers: ["w2"] });
    expect(await drain(createSegmentReader({ directory }), places)).toMatchObject({ numbers: [], gaps: [] });
  });
});
