import { instant } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { decideClock } from "./stored-clock.ts";

const now = instant("2026-11-23T12:00:00Z");
const at = instant("2010-12-01T00:00:00Z");
const plain = { clock: { mode: "stored" }, isDemo: false } as const;
const manual = { clock: { mode: "manual", at }, isDemo: false } as const;
const demo = { clock: { mode: "stored" }, isDemo: true } as const;

describe("decideClock", () => {
  test("a new store runs on real time unless a manual clock is asked for", () => {
    expect(decideClock(undefined, plain, now)).toEqual({ clock: { mode: "real" }, isNew: true });
    expect(decideClock(undefined, manual, now)).toEqual({ clock: { mode: "manual", at, isDemoPlaying: false }, isNew: true });
  });

  test("a store that has run on real time takes no manual clock", () => {
    expect(decideClock({ mode: "real" }, manual, now)).toMatchObject({ refusal: expect.stringContaining("real time") });
  });

  test("a later start goes on from the stored time, whatever --at says", () => {
    const stored = { mode: "manual", at: instant("2011-01-05T00:00:00Z"), isDemoPlaying: false } as const;
    expect(decideClock(stored, plain, now)).toEqual({ clock: stored, isNew: false });
    expect(decideClock(stored, manual, now)).toMatchObject({ clock: stored, note: expect.stringContaining("2011-01-05") });
  });

  test("a demo starts 90 days back, goes on when interrupted, and never plays into a used store", () => {
    expect(decideClock(undefined, demo, now)).toMatchObject({
      clock: { mode: "manual", at: "2026-08-25T12:00:00.000Z", isDemoPlaying: true },
    });
    const playing = { mode: "manual", at, isDemoPlaying: true } as const;
    expect(decideClock(playing, plain, now)).toEqual({ clock: playing, isNew: false });
    expect(decideClock({ mode: "real" }, demo, now)).toMatchObject({ clock: { mode: "real" }, note: expect.stringContaining("new store") });
    expect(decideClock({ ...playing, isDemoPlaying: false }, demo, now)).toMatchObject({ refusal: expect.any(String) });
  });
});
