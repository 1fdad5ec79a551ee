import { crc32 } from "node:zlib";
import { assert } from "@biotop/kernel";
import type { EdgeRecord } from "./records.ts";

/**
 * A segment file: 16 bytes of header, then frames, then zeros (the file is preallocated). A frame is one group of records that
 * was committed together: 4 bytes magic, 4 bytes payload length, 4 bytes CRC-32 of the payload (little endian), and the payload:
 * one JSON record per line. So a group is there as a whole or not at all.
 */
export const segmentHeader = Buffer.from("biotop-segment-1", "latin1");
export const frameHeaderBytes = 12;
export const framePayloadBytesMax = 32 * 1024 * 1024;

const frameMagic = Buffer.from("BtF1", "latin1");
const frameMagicNumber = frameMagic.readUInt32LE(0);

/** Writes the frame's header for a payload that already stands behind it. */
export function sealFrame(frame: Buffer, payloadBytes: number): number {
  assert(payloadBytes > 0 && payloadBytes <= framePayloadBytesMax, "a frame's payload is neither empty nor larger than its limit");
  frame.writeUInt32LE(frameMagicNumber, 0);
  frame.writeUInt32LE(payloadBytes, 4);
  frame.writeUInt32LE(crc32(frame.subarray(frameHeaderBytes, frameHeaderBytes + payloadBytes)), 8);
  return frameHeaderBytes + payloadBytes;
}

/** A whole frame of records in JSON, one line each. */
export function encodeFrame(lines: readonly string[]): Buffer {
  const payload = Buffer.from(lines.join("\n"), "utf8");
  const frame = Buffer.allocUnsafe(frameHeaderBytes + payload.length);
  payload.copy(frame, frameHeaderBytes);
  sealFrame(frame, payload.length);
  return frame;
}

export type FrameAt =
  /** A whole frame; `end` is where the next one begins. */
  | { readonly kind: "frame"; readonly payload: Buffer; readonly end: number }
  /** Only zeros or nothing: the writer has not come further. */
  | { readonly kind: "end" }
  /** The bytes so far could become a frame: more are needed than the buffer holds. */
  | { readonly kind: "more"; readonly bytes: number }
  /** Something that is no frame: torn by a crash, or damaged. */
  | { readonly kind: "broken" };

/** What stands at `offset`; `isWhole` says that the buffer reaches to the end of the file. */
export function frameAt(bytes: Buffer, offset: number, isWhole: boolean): FrameAt {
  const rest = bytes.length - offset;
  if (rest < frameHeaderBytes) {
    if (!isWhole) return { kind: "more", bytes: frameHeaderBytes };
    return isZero(bytes, offset) ? { kind: "end" } : { kind: "broken" };
  }
  const magic = bytes.readUInt32LE(offset);
  const length = bytes.readUInt32LE(offset + 4);
  if (magic === 0 && length === 0 && bytes.readUInt32LE(offset + 8) === 0) return { kind: "end" };
  if (magic !== frameMagicNumber || length === 0 || length > framePayloadBytesMax) return { kind: "broken" };
  const end = offset + frameHeaderBytes + length;
  if (end > bytes.length) return isWhole ? { kind: "broken" } : { kind: "more", bytes: frameHeaderBytes + length };
  const payload = bytes.subarray(offset + frameHeaderBytes, end);
  return crc32(payload) === bytes.readUInt32LE(offset + 8) ? { kind: "frame", payload, end } : { kind: "broken" };
}

/** Where the next whole frame begins after a damaged place; `undefined` when none follows. The buffer is the rest of the file. */
export function nextFrameAfter(bytes: Buffer, offset: number): number | undefined {
  let at = bytes.indexOf(frameMagic, offset + 1);
  while (at !== -1) {
    if (frameAt(bytes, at, true).kind === "frame") return at;
    at = bytes.indexOf(frameMagic, at + 1);
  }
  return undefined;
}

function isZero(bytes: Buffer, offset: number): boolean {
  for (let index = offset; index < bytes.length; index += 1) if (bytes[index] !== 0) return false;
  return true;
}

/** The records of a frame: what the checksum covers is what the edge wrote. */
export function frameRecords(payload: Buffer): readonly EdgeRecord[] {
  return payload
    .toString("utf8")
    .split("\n")
    .map((line) => JSON.parse(line) as EdgeRecord);
}
