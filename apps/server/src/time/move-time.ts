import { err, type Instant, ok, type Result } from "@biotop/kernel";
import type { Problem } from "@biotop/wire";
import { type DeadlineDeps, workOffDeadlines } from "./deadlines.ts";
import { type InstanceClock, realNow } from "./instance-clock.ts";
import { saveStoredClock } from "./stored-clock.ts";

export type MoveTimeDeps = Omit<DeadlineDeps, "setTime" | "afterWork"> & {
  readonly clock: InstanceClock;
  /** Loads and prices everything that the edge has acknowledged so far. */
  readonly loadEverything: () => Promise<void>;
  /** Tells all news. */
  readonly tellEverything: () => Promise<void>;
  /** Gives the edge the new time; answers when every living worker has it, `false` when one does not take it in time. */
  readonly tellEdge: () => Promise<boolean>;
};

export type MovedTime = { readonly at: Instant; readonly deadlines: number };

export type TimeMover = {
  /** Moves a manual clock; one move at a time. */
  readonly moveTo: (to: Instant) => Promise<Result<MovedTime, Problem>>;
  /** Plays up to now and goes on in real time; once, on a demo. */
  readonly finishDemo: () => Promise<Result<MovedTime, Problem>>;
};

export function createTimeMover(deps: MoveTimeDeps): TimeMover {
  let isMoving = false;
  const alone = async (work: () => Promise<Result<MovedTime, Problem>>): Promise<Result<MovedTime, Problem>> => {
    if (isMoving) return err({ kind: "clock-is-moving" });
    isMoving = true;
    try {
      return await work();
    } finally {
      isMoving = false;
    }
  };
  return {
    moveTo: (to) => alone(() => moveTo(deps, to)),
    finishDemo: () => alone(() => finishDemo(deps)),
  };
}

async function moveTo(deps: MoveTimeDeps, to: Instant): Promise<Result<MovedTime, Problem>> {
  const { clock } = deps;
  if (clock.mode() === "real") return err({ kind: "clock-is-real" });
  if (to < clock.now()) return err({ kind: "clock-goes-forward-only", at: clock.now() });

  const deadlines = await playUpTo(deps, to);
  await deps.db.inTransaction("system", (tx) => saveStoredClock(tx, { mode: "manual", at: to, isDemoPlaying: clock.isDemoPlaying() }));
  if (!(await deps.tellEdge())) return err({ kind: "unavailable", detail: "An edge worker does not take the new time; ask again." });
  return ok({ at: to, deadlines });
}

async function finishDemo(deps: MoveTimeDeps): Promise<Result<MovedTime, Problem>> {
  const { clock } = deps;
  if (!clock.isDemoPlaying()) return err({ kind: "no-demo-playing" });

  const now = realNow();
  const deadlines = now > clock.now() ? await playUpTo(deps, now) : 0;
  await deps.db.inTransaction("system", (tx) => saveStoredClock(tx, { mode: "real" }));
  clock.becomeReal();
  await deps.tellEdge();
  return ok({ at: clock.now(), deadlines });
}

async function playUpTo(deps: MoveTimeDeps, to: Instant): Promise<number> {
  const { clock } = deps;
  await deps.loadEverything();
  await deps.tellEverything();
  const setTime = (at: Instant): void => {
    if (at > clock.now()) clock.set(at);
  };
  const deadlines = await workOffDeadlines({ ...deps, setTime, afterWork: deps.tellEverything }, to);
  setTime(to);
  await deps.tellEverything();
  return deadlines;
}
