import { setTimeout as delay } from "node:timers/promises";
import { isStoreAway } from "@biotop/platform/db";
import type { Log } from "@biotop/platform/log";

export type Repeating = { readonly stop: () => Promise<void> };

const retryMsMax = 2000;

/** Does `work` again and again until stopped; a failure is logged and tried again, a little later each time. */
export function repeat(options: {
  readonly name: string;
  readonly everyMs: number;
  readonly log: Log;
  readonly work: () => Promise<unknown>;
}): Repeating {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        await options.work();
        failures = 0;
      } catch (error) {
        failures += 1;
        const facts = { loop: options.name, error: error instanceof Error ? error.message : String(error), failures };
        if (isStoreAway(error)) options.log.warn(facts, "the store is away; trying again");
        else options.log.error({ ...facts, stack: error instanceof Error ? error.stack : undefined }, "failed; trying again");
      }
      const pauseMs = failures === 0 ? options.everyMs : Math.min(retryMsMax, 50 * 2 ** failures);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Runs of `work` follow each other; a caller waits for a run that began after its call. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    const run = last.then(work, work);
    last = run;
    return run;
  };
}
