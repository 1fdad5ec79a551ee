import { fdatasync, writeSync } from "node:fs";
import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { segmentHeader } from "@biotop/tracking-protocol";

/** One preallocated segment that is being written. */
export type SegmentFile = {
  readonly capacity: number;
  /** Writes at a position; throws when not all of it was taken. */
  readonly write: (bytes: Buffer, length: number, position: number) => void;
  /** Calls back when everything written is on the disk. */
  readonly sync: (done: (error: Error | null) => void) => void;
  readonly close: () => Promise<void>;
};

/** Where segments come from; the door to the disk. */
export type SegmentDisk = {
  /** A new file of zeros under a temporary name, on the disk; made ahead it takes its time. */
  readonly prepare: (number: number, capacity: number, pace: "at-once" | "ahead") => Promise<PreparedSegment>;
};
export type PreparedSegment = {
  readonly capacity: number;
  /** Gives the file its name, durably: from then on readers see it. */
  readonly publish: () => Promise<SegmentFile>;
  readonly discard: () => Promise<void>;
};

/** Zeros reach the disk in small pieces with a breath between them, so that no commit waits behind a large one. */
const zeros = Buffer.alloc(128 * 1024);
const breathMs = 3;

export function segmentName(number: number): string {
  return `${String(number).padStart(8, "0")}.seg`;
}

/** Segments as files of one directory. Zeros are written ahead, so that a commit changes no length and finds room. */
export function fileDisk(directory: string): SegmentDisk {
  return {
    async prepare(number, capacity, pace) {
      const temporary = `${directory}/${number}.preparing`;
      const file = await open(temporary, "w", 0o600);
      try {
        await fill(file, capacity, pace);
      } catch (error) {
        await discard(file, temporary);
        throw error;
      }
      return {
        capacity,
        discard: () => discard(file, temporary),
        async publish() {
          await rename(temporary, `${directory}/${segmentName(number)}`);
          await syncDirectory(directory);
          return segmentFile(file, capacity);
        },
      };
    },
  };
}

async function fill(file: FileHandle, capacity: number, pace: "at-once" | "ahead"): Promise<void> {
  let position = 0;
  while (position < capacity) {
    const { bytesWritten } = await file.write(zeros, 0, Math.min(zeros.length, capacity - position), position);
    if (bytesWritten === 0) throw new Error("no room for a segment");
    position += bytesWritten;
    await file.datasync();
    if (pace === "ahead") await delay(breathMs);
  }
  await file.write(segmentHeader, 0, segmentHeader.length, 0);
  await file.sync();
}

async function discard(file: FileHandle, path: string): Promise<void> {
  await file.truncate(0).catch(() => undefined);
  await file.close().catch(() => undefined);
  await unlink(path).catch(() => undefined);
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function segmentFile(file: FileHandle, capacity: number): SegmentFile {
  return {
    capacity,
    write(bytes, length, position) {
      const written = writeSync(file.fd, bytes, 0, length, position);
      if (written !== length) throw new Error(`short write: ${written} of ${length} bytes`);
    },
    sync: (done) => fdatasync(file.fd, done),
    close: () => file.close(),
  };
}
