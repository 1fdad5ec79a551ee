import type { Instant } from "@biotop/kernel";

/** `edge-status/<worker>.json`: what one edge worker tells the server about itself. All times are the machine's. */
export type EdgeStatus = {
  readonly worker: string;
  readonly pid: number;
  readonly port: number;
  /** The route table that it answers by; 0 before the first. */
  readonly routeTableVersion: number;
  /** The last stored group of records, absent before the first. */
  readonly lastFsyncAt?: Instant;
  /** Whether records are being stored; while not, redirects go on without tracking. */
  readonly isStoring: boolean;
  readonly counters: Readonly<Record<string, number>>;
  readonly at: Instant;
};

/** Reads a status file; `undefined` when it is torn or foreign. */
export function parseEdgeStatus(text: string): EdgeStatus | undefined {
  try {
    const status = JSON.parse(text) as Partial<EdgeStatus> | null;
    if (typeof status !== "object" || status === null) return undefined;
    const isComplete =
      typeof status.worker === "string" &&
      typeof status.pid === "number" &&
      typeof status.port === "number" &&
      typeof status.routeTableVersion === "number" &&
      typeof status.isStoring === "boolean" &&
      typeof status.counters === "object" &&
      typeof status.at === "string";
    return isComplete ? (status as EdgeStatus) : undefined;
  } catch {
    return undefined;
  }
}
