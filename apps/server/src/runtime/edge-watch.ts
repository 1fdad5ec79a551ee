import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "@biotop/platform/segments";
import type { EdgeStatus } from "@biotop/tracking-protocol";

const waitMsMax = 10_000;

/** Waits until every living edge worker answers by route table `version` or a later one; `false` when one does not in time. */
export async function untilEdgesHave(version: number, statuses: () => Promise<readonly EdgeStatus[]>): Promise<boolean> {
  const until = performance.now() + waitMsMax;
  for (let pauseMs = 1; ; pauseMs = Math.min(20, pauseMs * 2)) {
    const living = (await statuses()).filter(({ pid }) => isRunning(pid));
    if (living.every((status) => status.routeTableVersion >= version)) return true;
    if (performance.now() > until) return false;
    await delay(pauseMs);
  }
}
