import { type Instant, instantFromMs } from "@biotop/kernel";
import type { BusinessClock } from "@biotop/platform/clock";
import type { StoredClock } from "./stored-clock.ts";

/** The business clock of a running instance: real, or standing still until moved; a demo's clock becomes real once. */
export type InstanceClock = BusinessClock & {
  readonly isDemoPlaying: () => boolean;
  readonly becomeReal: () => void;
};

export function instanceClock(stored: StoredClock): InstanceClock {
  let current = stored;
  return {
    now: () => (current.mode === "real" ? realNow() : current.at),
    mode: () => current.mode,
    isDemoPlaying: () => current.mode === "manual" && current.isDemoPlaying,
    set(to) {
      if (current.mode === "real") throw new Error("the real clock cannot be set");
      if (to < current.at) throw new Error("a manual clock only goes forward");
      current = { ...current, at: to };
    },
    becomeReal() {
      current = { mode: "real" };
    },
  };
}

export function realNow(): Instant {
  return instantFromMs(Date.now());
}
