import { type Clock, type Instant, instantFromMs } from "@biotop/kernel";

/** Business time: the real clock, or on a test instance a clock that only moves when told. */
export type BusinessClock = Clock & {
  readonly mode: () => "real" | "manual";
  /** Sets a manual clock forward; refuses to go back. */
  readonly set: (to: Instant) => void;
};

export function realClock(): BusinessClock {
  return {
    now: () => instantFromMs(Date.now()),
    mode: () => "real",
    set: () => {
      throw new Error("the real clock cannot be set");
    },
  };
}

export function manualClock(start: Instant): BusinessClock {
  let at = start;
  return {
    now: () => at,
    mode: () => "manual",
    set(to) {
      if (to < at) throw new Error("a manual clock only goes forward");
      at = to;
    },
  };
}
