import type { Instant } from "@biotop/kernel";

/** What a programme's set-up is known to do: a merchant that sees `no-orders` has to look at its shop. */
export type TrackingState = "receiving" | "no-orders" | "silent";

export function trackingState(lastClickAt: Instant | null, lastOrderAt: Instant | null): TrackingState {
  if (lastOrderAt !== null) return "receiving";
  return lastClickAt === null ? "silent" : "no-orders";
}
