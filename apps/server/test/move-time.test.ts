import { type Instant, instant } from "@biotop/kernel";
import { createLog } from "@biotop/platform/log";
import type { DueSource } from "@biotop/platform/module";
import { openTestStore, type TestStore } from "@biotop/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type InstanceClock, instanceClock } from "../src/time/instance-clock.ts";
import { createTimeMover } from "../src/time/move-time.ts";
import { readStoredClock, type StoredClock } from "../src/time/stored-clock.ts";

const start = instant("2011-01-01T00:00:00Z");
const day = (number: number): Instant => instant(`2011-01-${String(number).padStart(2, "0")}T00:00:00Z`);

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store?.close());

/** A source over a list of due times that notes the business time at which each is worked off. */
function listSource(name: string, dues: Instant[], note: (line: string) => void, clock: InstanceClock): DueSource {
  return {
    name,
    nextDue: async () => dues[0],
    async runDue(until) {
      const batch = dues.filter((due) => due <= until).slice(0, 1);
      for (const due of batch) {
        dues.shift();
        note(`${name} ${due.slice(8, 10)} at ${clock.now().slice(8, 10)}`);
      }
      return batch.length;
    },
  };
}

function mover(stored: StoredClock, dues: { validation: Instant[]; monthEnd: Instant[] }) {
  const clock = instanceClock(stored);
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  const time = createTimeMover({
    db: store.db,
    clock,
    log: createLog({ level: "silent", name: "test" }),
    sources: [listSource("validation", dues.validation, note, clock), listSource("month-end", dues.monthEnd, note, clock)],
    loadEverything: async () => note("load"),
    tellEverything: async () => undefined,
    tellEdge: async () => {
      note("edge");
      return true;
    },
  });
  return { clock, notes, time };
}

const standing = { mode: "manual", at: start, isDemoPlaying: false } as const;

describe("moving a manual clock", () => {
  test("loads first, works deadlines off in the order of their due times, and tells the edge last", async () => {
    const { notes, time } = mover(standing, { validation: [day(3), day(4), day(9)], monthEnd: [day(4), day(20)] });
    expect(await time.moveTo(day(10))).toEqual({ ok: true, value: { at: day(10), deadlines: 4 } });
    expect(notes).toEqual(["load", "validation 03 at 04", "validation 04 at 04", "month-end 04 at 09", "validation 09 at 10", "edge"]);
  });

  test("keeps the time for the next start", async () => {
    const { time } = mover(standing, { validation: [], monthEnd: [] });
    await time.moveTo(day(10));
    expect(await store.db.inTransaction("system", readStoredClock)).toEqual({ ...standing, at: day(10) });
  });

  test("goes forward only, and not at all on real time", async () => {
    const { time } = mover(standing, { validation: [], monthEnd: [] });
    expect(await time.moveTo(instant("2010-12-31T00:00:00Z"))).toMatchObject({ ok: false, error: { kind: "clock-goes-forward-only" } });
    const real = mover({ mode: "real" }, { validation: [], monthEnd: [] });
    expect(await real.time.moveTo(day(10))).toMatchObject({ ok: false, error: { kind: "clock-is-real" } });
  });

  test("two moves at once do not cross", async () => {
    const { time } = mover(standing, { validation: [], monthEnd: [] });
    const [first, second] = await Promise.all([time.moveTo(day(5)), time.moveTo(day(6))]);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, error: { kind: "clock-is-moving" } });
  });

  test("a demo becomes real once and never again manual", async () => {
    const { clock, time } = mover({ ...standing, isDemoPlaying: true }, { validation: [day(3)], monthEnd: [] });
    expect(await time.finishDemo()).toMatchObject({ ok: true, value: { deadlines: 1 } });
    expect(clock.mode()).toBe("real");
    expect(await time.finishDemo()).toMatchObject({ ok: false, error: { kind: "no-demo-playing" } });
    expect(await store.db.inTransaction("system", readStoredClock)).toEqual({ mode: "real" });
  });
});
