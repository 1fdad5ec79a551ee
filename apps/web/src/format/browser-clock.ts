import { type Instant, instantFromMs } from "@biotop/kernel";

/** The browser's own time: for display and defaults only; what counts is decided by the server's clock. */
export function browserNow(): Instant {
  return instantFromMs(performance.timeOrigin + performance.now());
}
