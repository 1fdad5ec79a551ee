import { mkdirSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Instant, instantFromMs } from "@biotop/kernel";
import type { Log } from "@biotop/platform/log";
import { closedMarker, readEdgeStatuses } from "@biotop/platform/segments";
import { createUlidSource } from "@biotop/tracking-protocol";
import { type Counters, createCounters } from "./counters.ts";
import type { EdgeWorld } from "./edge-world.ts";
import { createAgentCache } from "./pipeline/agent-cache.ts";
import { openPublishedTable } from "./route-table/published-table.ts";
import { createEdgeServer } from "./routes/http-server.ts";
import { fileDisk, type SegmentDisk } from "./segment-log/segment-file.ts";
import { openSegmentLog, type SegmentLogOptions } from "./segment-log/segment-log.ts";
import { createStatusFile, edgeStatus } from "./status-file.ts";
import { createStepTimes } from "./step-times.ts";

export type EdgeOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How shoppers reach the edge: HTTPS decides the cookie's name and `Secure`. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly log: Log;
  /** Which of several workers this is, from 1. */
  readonly slot?: number;
  readonly storing?: Pick<SegmentLogOptions, "segmentBytes" | "stallMs" | "retryMs">;
  /** Where segments go; the data directory by default. */
  readonly disk?: (directory: string) => SegmentDisk;
};

export type RunningEdge = {
  readonly url: string;
  readonly port: number;
  readonly worker: string;
  readonly counters: Readonly<Counters>;
  /** Reads a newly published route table at once instead of within half a second. */
  readonly refreshTable: () => Promise<void>;
  /** Answers what is under way, stores it, and closes. */
  readonly stop: () => Promise<void>;
};

/** One edge worker in this process. Runs and answers with server and database down. */
export async function startEdge(options: EdgeOptions): Promise<RunningEdge> {
  const nowMs = () => Date.now();
  const nextUlid = createUlidSource();
  // Every life of a worker has its own log: a process that lingers on after its successor started can disturb nobody.
  const worker = `w${options.slot ?? 1}-${nextUlid(nowMs())}`;
  const segmentDirectory = `${options.dataDir}/segments/${worker}`;
  const statusDirectory = `${options.dataDir}/edge-status`;
  mkdirSync(statusDirectory, { recursive: true, mode: 0o700 });
  mkdirSync(segmentDirectory, { recursive: true, mode: 0o700 });
  const counters = createCounters();
  const { log } = options;
  const disk = (options.disk ?? fileDisk)(segmentDirectory);
  const segments = await openSegmentLog({ disk, counters, log, nowMs, ...options.storing });
  let port = options.port;
  const status = createStatusFile(`${statusDirectory}/${worker}.json`, log, () => edgeStatus({ worker, port, table, segments, counters }));
  const table = await openPublishedTable({
    directory: `${options.dataDir}/route-table`,
    isSecure: options.publicUrl.startsWith("https:"),
    log,
    onChange: () => {
      counters.route_tables_taken += 1;
      status.write();
    },
    onRefused: () => {
      counters.route_tables_refused += 1;
    },
  });
  const world: EdgeWorld = {
    worker,
    log,
    segments,
    table,
    counters,
    stepTimes: createStepTimes(),
    nextUlid,
    classify: createAgentCache(),
    nowMs,
    instantOf: createInstantText(),
  };
  const server = createEdgeServer(world, () => readEdgeStatuses(statusDirectory, nowMs()));
  port = await listen(server, options);
  status.start();
  return {
    url: `http://${options.host}:${port}`,
    port,
    worker,
    counters,
    refreshTable: () => table.refresh(),
    async stop() {
      await closeServer(server);
      table.close();
      await segments.close();
      writeFileSync(`${segmentDirectory}/${closedMarker}`, "");
      await status.stop();
    },
  };
}

async function listen(server: Server, { host, port }: EdgeOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, backlog: 2048 }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** New connections are refused, idle ones closed, requests under way answered (at most five seconds). */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const force = setTimeout(() => server.closeAllConnections(), 5000);
  await closed;
  clearInterval(idle);
  clearTimeout(force);
}

function createInstantText(): (epochMs: number) => Instant {
  let textMs = Number.NaN;
  let text = instantFromMs(0);
  return (epochMs) => {
    if (epochMs !== textMs) {
      textMs = epochMs;
      text = instantFromMs(epochMs);
    }
    return text;
  };
}
