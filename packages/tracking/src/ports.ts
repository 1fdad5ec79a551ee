import type { Ids, Instant, ProgrammeId } from "@biotop/kernel";
import type { BusinessClock } from "@biotop/platform/clock";
import type { Database, Tx } from "@biotop/platform/db";
import type { Log } from "@biotop/platform/log";
import type { ClickKey, EdgeStatus } from "@biotop/tracking-protocol";

/** Of the machine: files that edges and server share. */
export type EdgeFilesPort = {
  readonly clickKeys: () => Promise<readonly ClickKey[]>;
  /** Writes atomically: an edge reads the old table or the new one. */
  readonly writeRouteTable: (text: string) => Promise<void>;
  /** The version on disk, 0 before the first. */
  readonly routeTableVersion: () => Promise<number>;
  readonly edgeStatuses: () => Promise<readonly EdgeStatus[]>;
};

export type LoaderStatus = { readonly lagMs: number; readonly clicksLoaded: number; readonly tornTails: number };

export type TrackingDeps = {
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly ids: Ids;
  readonly log: Log;
  /** Where shoppers reach the edge: `https://go.shop.example`. */
  readonly edgeUrl: string;
  /** Of transactions: when the newest order of each programme was reported. */
  readonly lastOrders: (tx: Tx, programmes: readonly ProgrammeId[]) => Promise<ReadonlyMap<ProgrammeId, Instant>>;
  readonly edgeFiles: EdgeFilesPort;
  readonly loaderStatus: () => LoaderStatus;
  /** Real time, for how long ago an edge was seen. */
  readonly realNow: () => Instant;
};
