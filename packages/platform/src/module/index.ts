import type { Instant } from "@biotop/kernel";
import type { Migrations, Tx } from "../db/index.ts";
import type { Route } from "../http/index.ts";
import type { JobTask } from "../jobs/index.ts";
import type { Subscription } from "../outbox/index.ts";

/** Business deadlines of a context: rows with a due time, worked off in order by the timer or by the sandbox clock. */
export type DueSource = {
  /** `transactions.validation-deadline`. */
  readonly name: string;
  /** The earliest open due time, if any. */
  readonly nextDue: (tx: Tx) => Promise<Instant | undefined>;
  /** Does what is due up to `until` (at most one batch) and answers how many rows; 0 = nothing left. */
  readonly runDue: (until: Instant) => Promise<number>;
};

/** One invariant of docs/invariants.md, checked over the whole store by `biotop verify`. */
export type InvariantCheck = {
  readonly id: string;
  readonly statement: string;
  /** Rows that break it, at most 20 examples; none = it holds. */
  readonly violations: (tx: Tx) => Promise<readonly string[]>;
};

/** What a context hands to `wiring.ts`. */
export type ContextModule = {
  readonly name: string;
  readonly migrations?: Migrations;
  readonly routes: readonly Route[];
  readonly subscriptions: readonly Subscription[];
  readonly due: readonly DueSource[];
  readonly jobs: readonly JobTask[];
  readonly invariants: readonly InvariantCheck[];
};
