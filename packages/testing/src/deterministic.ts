import { type Id, type Ids, type Instant, instant, ulid } from "@biotop/kernel";
import { type BusinessClock, manualClock } from "@biotop/platform/clock";

/** A clock that stands still until a test sets it. */
export function testClock(at: Instant | string = "2026-01-15T10:00:00Z"): BusinessClock {
  return manualClock(instant(at));
}

/** Ids in a fixed order: the same test makes the same ids in every run. */
export function testIds(start = 1): Ids {
  let count = start - 1;
  return {
    next<Prefix extends string>(prefix: Prefix): Id<Prefix> {
      count += 1;
      const bytes = new Uint8Array(10);
      new DataView(bytes.buffer).setUint32(6, count);
      return `${prefix}_${ulid(1_600_000_000_000 + count, bytes)}`;
    },
  };
}
