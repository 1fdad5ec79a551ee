import { setTimeout as delay } from "node:timers/promises";
import { epochMs, type Instant } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { Log } from "@biotop/platform/log";
import {
  createSegmentReader,
  forgetWorkers,
  loadPlaces,
  removeLoadedSegments,
  type SegmentBatch,
  type SegmentPlace,
  type SegmentPlaces,
} from "@biotop/platform/segments";
import { loadBatch, type RecordStores } from "./load-batch.ts";

export type LoaderDeps = RecordStores & {
  readonly db: Database;
  readonly log: Log;
  /** The folder of all workers' segments. */
  readonly directory: string;
  /** The machine's time: business time has no part in this. */
  readonly realNow: () => Instant;
  /**
   * Decides received sales that may be decided now: every click that was stored before `loadedUpTo` is in the store. Answers how many
   * were decided.
   */
  readonly processPending: (asked: { readonly loadedUpTo: Instant }) => Promise<number>;
  readonly recordsMax?: number;
};

export type LoaderStatus = {
  /** How long ago everything was known to be loaded. */
  readonly lagMs: number;
  readonly clicksLoaded: number;
  readonly countsLoaded: number;
  readonly conversionsLoaded: number;
  readonly recordsSetAside: number;
  readonly tornTails: number;
  readonly damagedBytes: number;
  readonly failures: number;
};

export type Loader = {
  /** Loads until it is stopped; outages are waited out. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Answers when everything that was stored before the call is loaded and every sale that can be decided is decided. */
  readonly drain: () => Promise<void>;
  readonly status: () => LoaderStatus;
};

const pollMs = 100;
const retryMsMax = 5000;
const passesMax = 1000;
/** Loaded segments stay a day, for a look after an incident. */
export const keepSegmentsMs = 24 * 3_600_000;
const sweepMs = 600_000;

export function createLoader(deps: LoaderDeps): Loader {
  const state = createState(deps);
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let last: Promise<unknown> = Promise.resolve();
  /** One pass at a time, whether the loop or a drain asked for it. */
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };

  return {
    start() {
      running = loop(deps, state, stopping.signal, () => inOrder(() => pass(deps, state)));
    },
    async stop() {
      stopping.abort();
      await running;
    },
    drain: () =>
      inOrder(async () => {
        for (let round = 0; round < passesMax; round += 1) {
          const { loaded, decided, reachedEnd } = await pass(deps, state);
          if (reachedEnd && loaded === 0 && decided === 0) return;
        }
        throw new Error(`not drained after ${passesMax} passes: somebody keeps writing`);
      }),
    status: () => ({ ...state.counters, lagMs: Math.max(0, epochMs(deps.realNow()) - epochMs(state.loadedUpTo)) }),
  };
}

type State = {
  readonly reader: ReturnType<typeof createSegmentReader>;
  /** Absent until the store has told where the loader is. */
  places: SegmentPlaces | undefined;
  loadedUpTo: Instant;
  counters: Omit<LoaderStatus, "lagMs">;
};

function createState(deps: LoaderDeps): State {
  return {
    reader: createSegmentReader({ directory: deps.directory, recordsMax: deps.recordsMax ?? 5000 }),
    places: undefined,
    loadedUpTo: deps.realNow(),
    counters: {
      clicksLoaded: 0,
      countsLoaded: 0,
      conversionsLoaded: 0,
      recordsSetAside: 0,
      tornTails: 0,
      damagedBytes: 0,
      failures: 0,
    },
  };
}

type Pass = { readonly loaded: number; readonly decided: number; readonly reachedEnd: boolean };

/** After a failure nobody knows where the store is: it is asked again. */
async function pass(deps: LoaderDeps, state: State): Promise<Pass> {
  try {
    return await loadOnce(deps, state);
  } catch (error) {
    state.places = undefined;
    state.counters = { ...state.counters, failures: state.counters.failures + 1 };
    throw error;
  }
}

/** One batch. When it reached the end of all logs, the sales that waited for that are decided. */
async function loadOnce(deps: LoaderDeps, state: State): Promise<Pass> {
  state.places ??= await deps.db.inTransaction("system", loadPlaces);
  const before = deps.realNow();
  const batch = await state.reader.readBatch(state.places);
  if (!(await store(deps, state, state.places, batch))) return { loaded: 0, decided: 0, reachedEnd: false };
  if (!batch.reachedEnd) return { loaded: batch.records.length, decided: 0, reachedEnd: false };
  const decided = await deps.processPending({ loadedUpTo: before });
  state.loadedUpTo = before;
  return { loaded: batch.records.length, decided, reachedEnd: true };
}

/** Whether the batch was stored; if not, the places are now those of the store. */
async function store(deps: LoaderDeps, state: State, from: SegmentPlaces, batch: SegmentBatch): Promise<boolean> {
  const isNews = [...batch.places].some(([worker, place]) => !isSamePlace(from.get(worker), place));
  if (batch.records.length === 0 && !isNews) return true;
  const result = await loadBatch(deps.db, deps, from, batch);
  state.places = result.places;
  if (result.kind === "moved") return false;
  count(deps, state, batch, result.setAside);
  return true;
}

function isSamePlace(a: SegmentPlace | undefined, b: SegmentPlace): boolean {
  return a?.segment === b.segment && a.byteOffset === b.byteOffset;
}

function count(deps: LoaderDeps, state: State, batch: SegmentBatch, setAside: number): void {
  const { counters } = state;
  const of = (kind: string) => batch.records.filter((record) => record.kind === kind).length;
  state.counters = {
    ...counters,
    clicksLoaded: counters.clicksLoaded + of("click"),
    countsLoaded: counters.countsLoaded + of("count"),
    conversionsLoaded: counters.conversionsLoaded + of("conversion"),
    recordsSetAside: counters.recordsSetAside + setAside,
    tornTails: counters.tornTails + batch.gaps.filter((gap) => gap.kind === "torn-tail").length,
    damagedBytes: counters.damagedBytes + batch.gaps.reduce((sum, gap) => sum + gap.bytes, 0),
  };
  for (const gap of batch.gaps) deps.log.warn({ ...gap }, "bytes of a segment could not be read");
  if (setAside > 0) deps.log.error({ setAside }, "records were refused by the store and set aside");
}

async function loop(deps: LoaderDeps, state: State, signal: AbortSignal, runPass: () => Promise<Pass>): Promise<void> {
  let failuresInARow = 0;
  let nextSweepMs = epochMs(deps.realNow());
  while (!signal.aborted) {
    try {
      const { loaded, decided } = await runPass();
      failuresInARow = 0;
      if (epochMs(deps.realNow()) >= nextSweepMs) {
        nextSweepMs += sweepMs;
        await sweep(deps, state);
      }
      if (loaded > 0 || decided > 0) continue;
    } catch (error) {
      failuresInARow += 1;
      deps.log.warn({ error: error instanceof Error ? error.message : String(error), failuresInARow }, "segments not loaded; trying again");
    }
    await delay(Math.min(pollMs * 2 ** Math.min(failuresInARow, 10), retryMsMax), undefined, { signal }).catch(() => undefined);
  }
}

async function sweep(deps: LoaderDeps, state: State): Promise<void> {
  const places = state.places ?? new Map();
  const nowMs = epochMs(deps.realNow());
  const removed = await removeLoadedSegments({ directory: deps.directory, places, keepMs: keepSegmentsMs, nowMs });
  if (removed.segments === 0 && removed.workers.length === 0) return;
  await deps.db.inTransaction("system", (tx) => forgetWorkers(tx, removed.workers));
  state.places = undefined;
  deps.log.info({ segments: removed.segments }, "removed loaded segments");
}
