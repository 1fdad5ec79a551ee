import { type Instant, instant } from "@biotop/kernel";
import { getInstance, setSandboxClock } from "@biotop/wire";
import { patiently, ReplayError } from "./patient.ts";
import type { Replay } from "./session.ts";

const stopMsMax = 600_000;

export async function businessTime(replay: Replay): Promise<Instant> {
  const { clock } = await patiently("instance", () => replay.operator.call(getInstance));
  if (clock.mode !== "manual") {
    throw new ReplayError("The instance runs on real time. Start one with: npm start -- --clock manual --at 2010-12-01T00:00:00Z");
  }
  return clock.at;
}

/** Moves business time forward; a time that has passed already is left alone. Answers the milliseconds that it took. */
export async function moveClock(replay: Replay, to: Instant): Promise<number> {
  const started = performance.now();
  await patiently(`clock to ${to}`, async () => {
    const moved = await replay.operator.call(setSandboxClock, { body: { to }, timeoutMs: stopMsMax });
    if (moved.ok || moved.error.kind !== "clock-goes-forward-only") return moved;
    return { ok: true, value: { at: to, deadlines: 0 } };
  });
  return performance.now() - started;
}

/** Before the shop opens: the day's clicks. */
export function clickStop(day: string): Instant {
  return instant(`${day}T05:00:00Z`);
}

/** After the shop has closed: the day's orders and cancellations. */
export function orderStop(day: string): Instant {
  return instant(`${day}T21:30:00Z`);
}
