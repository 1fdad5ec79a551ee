import type { Ids, Instant, OrgId, ProgrammeId, TimeZone } from "@biotop/kernel";
import type { BusinessClock } from "@biotop/platform/clock";
import type { Database, Tx } from "@biotop/platform/db";
import type { Log } from "@biotop/platform/log";
import type { ClickKey, EdgeStatus, RouteKey, RouteProgramme } from "@biotop/tracking-protocol";
import type { ProgrammeFacts } from "./domain/link.ts";

/** Of contracts: which programmes there are and who may promote them. Asked in system transactions. */
export type ProgrammesPort = {
  readonly all: (tx: Tx) => Promise<readonly (RouteProgramme & { readonly name: string })[]>;
  readonly byIds: (tx: Tx, ids: readonly ProgrammeId[]) => Promise<readonly ProgrammeFacts[]>;
  /** Whether a contract is in force or the programme stands open to the partner. */
  readonly mayPromote: (tx: Tx, asked: { programme: ProgrammeId; partner: OrgId; at: Instant }) => Promise<boolean>;
};

export type OrganisationFacts = { readonly id: OrgId; readonly name: string; readonly timeZone: TimeZone; readonly isOperator: boolean };

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
  readonly programmes: ProgrammesPort;
  readonly organisations: (tx: Tx, ids: readonly OrgId[]) => Promise<readonly OrganisationFacts[]>;
  readonly keys: (tx: Tx) => Promise<readonly RouteKey[]>;
  /** Of transactions: when the newest order of each programme was reported. */
  readonly lastOrders: (tx: Tx, programmes: readonly ProgrammeId[]) => Promise<ReadonlyMap<ProgrammeId, Instant>>;
  readonly edgeFiles: EdgeFilesPort;
  readonly loaderStatus: () => LoaderStatus;
  /** Real time, for how long ago an edge was seen. */
  readonly realNow: () => Instant;
};
