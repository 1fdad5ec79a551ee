import { assert } from "@biotop/kernel";
import type { Log } from "@biotop/platform/log";
import { frameHeaderBytes, framePayloadBytesMax, sealFrame, segmentHeader } from "@biotop/tracking-protocol";
import type { Counters } from "../counters.ts";
import type { PreparedSegment, SegmentDisk, SegmentFile } from "./segment-file.ts";

/** Told once for each record: whether it is on the disk. */
export type Stored = (isStored: boolean) => void;

/**
 * The log of one worker. Records that arrive while a commit is under way form the next group: one write, one fdatasync, no
 * artificial delay. A record is acknowledged only after its group's fdatasync; when the disk fails or hangs, everybody who waits is
 * told so and goes on without.
 */
export type SegmentLog = {
  readonly append: (line: string, stored: Stored) => void;
  readonly isStoring: () => boolean;
  readonly lastStoredMs: () => number | undefined;
  /** Stores what waits, then closes. */
  readonly close: () => Promise<void>;
};

export type SegmentLogOptions = {
  readonly disk: SegmentDisk;
  readonly counters: Counters;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly segmentBytes?: number;
  /** How long a commit may take before redirects stop waiting for it. */
  readonly stallMs?: number;
  /** How long to wait before a failed disk is tried again. */
  readonly retryMs?: number;
};

const defaultSegmentBytes = 8 * 1024 * 1024;
const waitingMax = 20_000;
const turnsMax = 8;
const groupCharactersMax = 4 * 1024 * 1024;

export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  const writer = new SegmentWriter(options);
  await writer.open();
  return writer;
}

/** Holds the open segment: an adapter, hence a class. */
class SegmentWriter implements SegmentLog {
  readonly #options: SegmentLogOptions;
  readonly #segmentBytes: number;
  #segment: SegmentFile | undefined;
  #number = 0;
  #position = 0;
  #prepared: Promise<PreparedSegment | undefined> | undefined;
  #frame = Buffer.allocUnsafe(1024 * 1024);
  #lines: string[] = [];
  #waiting: Stored[] = [];
  #characters = 0;
  #isBusy = false;
  #isScheduled = false;
  #isStalled = false;
  #isClosed = false;
  #lastStoredMs: number | undefined;
  #retry: NodeJS.Timeout | undefined;
  #idle: (() => void) | undefined;

  constructor(options: SegmentLogOptions) {
    this.#options = options;
    this.#segmentBytes = options.segmentBytes ?? defaultSegmentBytes;
  }

  isStoring(): boolean {
    return this.#segment !== undefined && !this.#isStalled;
  }

  lastStoredMs(): number | undefined {
    return this.#lastStoredMs;
  }

  append(line: string, stored: Stored): void {
    const isTooMuch = this.#waiting.length >= waitingMax || line.length > framePayloadBytesMax / 3;
    if (!this.isStoring() || this.#isClosed || isTooMuch) {
      this.#options.counters.records_not_stored += 1;
      stored(false);
      return;
    }
    this.#lines.push(line);
    this.#waiting.push(stored);
    this.#characters += line.length + 1;
    this.#schedule();
  }

  async open(): Promise<void> {
    try {
      await this.#openNext(0);
    } catch (error) {
      this.#fail(error as Error, []);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    if (this.#isBusy || this.#lines.length > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
        this.#schedule();
      });
    }
    const prepared = await this.#prepared;
    await prepared?.discard();
    await this.#segment?.close();
    this.#segment = undefined;
  }

  /**
   * What has arrived already comes into one group: as long as each turn of the event loop brings more, at most a few turns. No turn
   * waits for anything, and one `fdatasync` for sixty records costs as much as one for thirty.
   */
  #schedule(): void {
    if (this.#isBusy || this.#isScheduled) return;
    this.#isScheduled = true;
    this.#gather(this.#lines.length, turnsMax);
  }

  #gather(before: number, turns: number): void {
    setImmediate(() => {
      if (turns > 1 && this.#lines.length > before) {
        this.#gather(this.#lines.length, turns - 1);
        return;
      }
      this.#isScheduled = false;
      this.#commit();
    });
  }

  #commit(): void {
    if (this.#isBusy) return;
    if (this.#lines.length === 0 || !this.#segment) {
      this.#settleIdle();
      return;
    }
    this.#isBusy = true;
    const { text, waiting } = this.#takeGroup();
    const length = this.#fillFrame(text);
    if (this.#position + length <= this.#segment.capacity) {
      this.#write(this.#segment, length, waiting);
      return;
    }
    this.#openNext(length).then(
      () => (this.#segment ? this.#write(this.#segment, length, waiting) : this.#fail(new Error("no segment"), waiting)),
      (error: Error) => this.#fail(error, waiting),
    );
  }

  #takeGroup(): { readonly text: string; readonly waiting: readonly Stored[] } {
    if (this.#characters <= groupCharactersMax) {
      const group = { text: this.#lines.join("\n"), waiting: this.#waiting };
      this.#lines = [];
      this.#waiting = [];
      this.#characters = 0;
      return group;
    }
    let count = 0;
    let characters = 0;
    for (const line of this.#lines) {
      if (count > 0 && characters + line.length > groupCharactersMax) break;
      characters += line.length + 1;
      count += 1;
    }
    this.#characters -= characters;
    return { text: this.#lines.splice(0, count).join("\n"), waiting: this.#waiting.splice(0, count) };
  }

  /** Writes the group behind the frame's header; the answer is the frame's length. */
  #fillFrame(text: string): number {
    const bytesMax = frameHeaderBytes + text.length * 3;
    if (bytesMax > this.#frame.length) {
      const bytes = frameHeaderBytes + Buffer.byteLength(text);
      if (bytes > this.#frame.length) this.#frame = Buffer.allocUnsafe(bytes + 65_536);
    }
    return sealFrame(this.#frame, this.#frame.write(text, frameHeaderBytes, "utf8"));
  }

  #write(segment: SegmentFile, length: number, waiting: readonly Stored[]): void {
    try {
      segment.write(this.#frame, length, this.#position);
    } catch (error) {
      this.#fail(error as Error, waiting);
      return;
    }
    let isTold = false;
    const stall = setTimeout(() => {
      isTold = true;
      this.#stall(waiting);
    }, this.#options.stallMs ?? 2000);
    segment.sync((error) => {
      clearTimeout(stall);
      this.#isStalled = false;
      if (error) return this.#fail(error, isTold ? [] : waiting);
      this.#position += length;
      this.#options.counters.commits += 1;
      this.#lastStoredMs = this.#options.nowMs();
      if (!isTold) {
        this.#options.counters.records_stored += waiting.length;
        for (const stored of waiting) stored(true);
      }
      this.#isBusy = false;
      this.#prepareAhead();
      this.#schedule();
    });
  }

  /** The disk hangs: nobody waits any longer. The group may still reach the disk; nobody was told so. */
  #stall(waiting: readonly Stored[]): void {
    this.#isStalled = true;
    this.#options.counters.commit_stalls += 1;
    this.#options.log.error({ segment: this.#number }, "the disk does not answer: redirects go on without tracking");
    this.#refuseAll(waiting);
  }

  /** After a failed write or sync nothing is tried again on this segment: what the disk holds of it is unknown. */
  #fail(error: Error, waiting: readonly Stored[]): void {
    this.#options.counters.commit_failures += 1;
    this.#options.log.error({ segment: this.#number, error: error.message }, "storing failed: redirects go on without tracking");
    const segment = this.#segment;
    this.#segment = undefined;
    segment?.close().catch(() => undefined);
    this.#isBusy = false;
    this.#refuseAll(waiting);
    this.#settleIdle();
    if (this.#isClosed) return;
    this.#retry = setTimeout(() => void this.#reopen(), this.#options.retryMs ?? 500);
  }

  async #reopen(): Promise<void> {
    try {
      await this.#openNext(0);
      this.#options.log.warn({ segment: this.#number }, "storing again");
    } catch (error) {
      this.#fail(error as Error, []);
    }
  }

  #refuseAll(waiting: readonly Stored[]): void {
    const all = [...waiting, ...this.#waiting];
    this.#lines = [];
    this.#waiting = [];
    this.#characters = 0;
    this.#options.counters.records_not_stored += all.length;
    for (const stored of all) stored(false);
  }

  async #openNext(frameBytes: number): Promise<void> {
    const needed = segmentHeader.length + frameBytes;
    let prepared = await this.#prepared;
    this.#prepared = undefined;
    if (prepared && prepared.capacity < needed) {
      await prepared.discard();
      prepared = undefined;
    }
    prepared ??= await this.#options.disk.prepare(this.#number + 1, Math.max(this.#segmentBytes, needed), "at-once");
    const segment = await prepared.publish();
    await this.#segment?.close();
    assert(!this.#isClosed || this.#isBusy, "a closed log opens no segment");
    this.#segment = segment;
    this.#number += 1;
    this.#position = segmentHeader.length;
    this.#options.counters.segments_opened += 1;
  }

  /** Past half of a segment the next one is made ready in the background. */
  #prepareAhead(): void {
    if (this.#prepared || this.#isClosed || !this.#segment || this.#position < this.#segment.capacity / 2) return;
    this.#prepared = this.#options.disk.prepare(this.#number + 1, this.#segmentBytes, "ahead").catch((error: Error) => {
      this.#options.log.error({ error: error.message }, "no room for the next segment");
      return undefined;
    });
  }

  #settleIdle(): void {
    if (this.#lines.length > 0 && this.#segment) return;
    this.#idle?.();
    this.#idle = undefined;
  }
}
