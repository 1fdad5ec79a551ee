import { setTimeout as delay } from "node:timers/promises";
import type { TrackingDeps } from "../ports.ts";
import { publishIfWanted, publishRouteTable } from "../usecases/publish-route-table.ts";

export type RouteTablePublisher = {
  /** Publishes now, whether or not anything changed, and answers the version. */
  readonly publish: () => Promise<number>;
  /** Publishes once and then whenever a change asks for it, within a quarter of a second; retries while the store is away. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const pollMs = 250;
const retryMsMax = 5000;

export function createRouteTablePublisher(deps: TrackingDeps): RouteTablePublisher {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  return {
    publish: () => publishRouteTable(deps),
    start() {
      running = loop(deps, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function loop(deps: TrackingDeps, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let isFirst = true;
  while (!signal.aborted) {
    try {
      if (isFirst) await publishRouteTable(deps);
      else await publishIfWanted(deps);
      isFirst = false;
      failures = 0;
    } catch (error) {
      failures += 1;
      deps.log.warn({ error: error instanceof Error ? error.message : String(error), failures }, "route table not published; trying again");
    }
    await delay(Math.min(pollMs * 2 ** Math.min(failures, 10), retryMsMax), undefined, { signal }).catch(() => undefined);
  }
}
