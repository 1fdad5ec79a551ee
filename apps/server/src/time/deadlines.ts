import type { Instant } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { Log } from "@biotop/platform/log";
import type { DueSource } from "@biotop/platform/module";

type Due = { readonly source: DueSource; readonly at: Instant };

/** Which source runs next, and up to when: up to the moment at which another source has something due. */
export function chooseStep(dues: readonly Due[], to: Instant): { readonly source: DueSource; readonly until: Instant } | undefined {
  let first: Due | undefined;
  for (const due of dues) if (due.at <= to && (!first || due.at < first.at)) first = due;
  if (!first) return undefined;
  let until = to;
  for (const due of dues) if (due.source !== first.source && due.at < until) until = due.at;
  return { source: first.source, until };
}

export type DeadlineDeps = {
  readonly db: Database;
  /** At the same instant the earlier source of the list runs first. */
  readonly sources: readonly DueSource[];
  readonly log: Log;
  /** Called before a source runs: business time while it runs. */
  readonly setTime: (at: Instant) => void;
  /** Called after a source has run: tells its news, which may bring new deadlines. */
  readonly afterWork: () => Promise<unknown>;
};

const batchesMax = 100_000;

/** Works off everything due up to `to`, across all sources in the order of the due times; answers how many deadlines. */
export async function workOffDeadlines(deps: DeadlineDeps, to: Instant): Promise<number> {
  const stuck = new Set<DueSource>();
  let done = 0;
  for (;;) {
    const dues = await nextDues(
      deps.db,
      deps.sources.filter((source) => !stuck.has(source)),
    );
    const step = chooseStep(dues, to);
    if (!step) return done;
    deps.setTime(step.until);
    const count = await runSource(step.source, step.until);
    done += count;
    if (count > 0) await deps.afterWork();
    else {
      // It has something due that it cannot do now; the others go on, and the next sweep asks it again.
      stuck.add(step.source);
      deps.log.warn({ source: step.source.name, until: step.until }, "a deadline is due but was not worked off");
    }
  }
}

function nextDues(db: Database, sources: readonly DueSource[]): Promise<readonly Due[]> {
  return db.inTransaction("system", async (tx) => {
    const dues: Due[] = [];
    for (const source of sources) {
      const at = await source.nextDue(tx);
      if (at !== undefined) dues.push({ source, at });
    }
    return dues;
  });
}

async function runSource(source: DueSource, until: Instant): Promise<number> {
  let done = 0;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const count = await source.runDue(until);
    if (count === 0) break;
    done += count;
  }
  return done;
}
