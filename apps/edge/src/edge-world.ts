import type { Instant } from "@biotop/kernel";
import type { Log } from "@biotop/platform/log";
import type { UserAgentClass } from "@biotop/tracking-protocol";
import type { Counters } from "./counters.ts";
import type { PublishedTable } from "./route-table/published-table.ts";
import type { SegmentLog } from "./segment-log/segment-log.ts";
import type { StepTimes } from "./step-times.ts";

/** What the routes of one worker share. */
export type EdgeWorld = {
  readonly worker: string;
  readonly log: Log;
  readonly segments: SegmentLog;
  readonly table: PublishedTable;
  readonly counters: Counters;
  readonly stepTimes: StepTimes;
  readonly nextUlid: (epochMs: number) => string;
  readonly classify: (userAgent: string | undefined) => UserAgentClass;
  readonly nowMs: () => number;
  /** A machine time as text; one text per millisecond is made. */
  readonly instantOf: (epochMs: number) => Instant;
};
