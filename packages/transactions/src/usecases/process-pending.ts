import { type ConversionId, type Instant, InvariantError, type OrgId, plusMs } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { ConversionRecord } from "@biotop/tracking-protocol";
import { findByKeys } from "../db/conversions.ts";
import { insertOutcomes, type Outcome } from "../db/outcomes.ts";
import { claimPending, insertPending, lockQueue, openWork, type PendingRow, postponePending, removePending } from "../db/pending.ts";
import { keyText } from "../domain/conversion.ts";
import type { TransactionsDeps } from "../ports.ts";
import { applyChanges, type ChangeOutcome } from "./apply-changes.ts";
import { attributeLateClicks } from "./late-clicks.ts";
import { priceWaiting } from "./price-waiting.ts";
import type { VersionCache } from "./pricing-version.ts";
import { type IncomingChange, readChange, readReport } from "./read-incoming.ts";
import { type QueuedReport, recordReports } from "./record-reports.ts";

const batchMax = 300;
const batchesMax = 10_000;
/** A named click is waited for, and so is the conversion of an early change. */
const waitMsMax = 60_000;
const retryMs = 500;
/** A row that cannot be worked off stays in the queue, is named in the log and by `biotop verify`, and is tried again. */
const setAsideMs = 300_000;

export type Pipeline = {
  /** Stores what the edge acknowledged, in the loader's transaction. */
  readonly receive: (tx: Tx, records: readonly ConversionRecord[]) => Promise<void>;
  /** Works off what may be decided; answers how many records were. */
  readonly processPending: (asked: { readonly loadedUpTo: Instant }) => Promise<number>;
};

export function createPipeline(deps: TransactionsDeps, versions: VersionCache): Pipeline {
  return {
    receive: insertPending,
    async processPending({ loadedUpTo }) {
      const work = await deps.db.inTransaction("system", openWork);
      let decided = 0;
      for (let batch = 0; work.pending && batch < batchesMax; batch += 1) {
        const done = await workSafely(deps, versions, loadedUpTo);
        decided += done.decided;
        if (done.claimed < batchMax) break;
      }
      if (work.missing) decided += await attributeLateClicks(deps, versions);
      return work.waiting ? decided + (await priceWaiting(deps, versions)) : decided;
    },
  };
}

type Worked = { readonly claimed: number; readonly decided: number };

/** A batch, or when one of its rows breaks an invariant: row by row, so that one bad row holds up no other. */
async function workSafely(deps: TransactionsDeps, versions: VersionCache, loadedUpTo: Instant): Promise<Worked> {
  const work = (limit: number) => deps.db.inTransaction("system", (tx) => workBatch(tx, deps, versions, loadedUpTo, limit));
  try {
    return await work(batchMax);
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
  let decided = 0;
  for (let claimed = 0; claimed < batchMax; claimed += 1) {
    const [row] = await deps.db.inTransaction("system", (tx) => claimPending(tx, claimable(deps, loadedUpTo, 1)));
    if (!row) return { claimed, decided };
    try {
      decided += (await work(1)).decided;
    } catch (error) {
      if (!isBroken(error)) throw error;
      deps.log.error(
        { receipt: row.receipt, error: error instanceof Error ? error.message : String(error) },
        "a reported row is set aside",
      );
      await deps.db.inTransaction("system", (tx) => postponePending(tx, [row.position], plusMs(deps.realNow(), setAsideMs)));
    }
  }
  return { claimed: batchMax, decided };
}

/** A broken invariant, ours or the database's (classes 22 and 23): trying again at once would only repeat it. */
function isBroken(error: unknown): boolean {
  if (error instanceof InvariantError) return true;
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}

function claimable(deps: TransactionsDeps, loadedUpTo: Instant, limit: number) {
  const realNow = deps.realNow();
  return { loadedUpTo, realNow, giveUpBefore: plusMs(realNow, -waitMsMax), limit };
}

async function workBatch(tx: Tx, deps: TransactionsDeps, versions: VersionCache, loadedUpTo: Instant, limit: number): Promise<Worked> {
  await lockQueue(tx);
  const rows = await claimPending(tx, claimable(deps, loadedUpTo, limit));
  if (rows.length === 0) return { claimed: 0, decided: 0 };

  const outcomes = new Map<bigint, Outcome>();
  await workReports(tx, deps, rows, outcomes);
  const waiting = await workChanges(tx, deps, versions, rows, outcomes);
  const decided = rows.filter((row) => outcomes.has(row.position));
  await insertOutcomes(
    tx,
    decided.flatMap((row) => outcomes.get(row.position) ?? []),
  );
  await removePending(
    tx,
    decided.map((row) => row.position),
  );
  await postponePending(tx, waiting, plusMs(deps.realNow(), retryMs));
  return { claimed: rows.length, decided: decided.length };
}

async function workReports(tx: Tx, deps: TransactionsDeps, rows: readonly PendingRow[], outcomes: Map<bigint, Outcome>): Promise<void> {
  const queued: (QueuedReport & { readonly position: bigint })[] = [];
  for (const row of rows) {
    if (row.op !== "report") continue;
    const read = readReport(row.body);
    if (read.ok) queued.push({ ...read.value, receipt: row.receipt, org: row.org, at: row.at, position: row.position });
    else outcomes.set(row.position, unreadable(row, read.error.kind));
  }
  const found = await recordReports(tx, deps, queued);
  for (const [index, outcome] of found.entries()) {
    const position = queued[index]?.position;
    if (position !== undefined) outcomes.set(position, outcome);
  }
}

type QueuedChange = IncomingChange & { readonly row: PendingRow };

/** Answers the rows that go on waiting for their conversion. */
async function workChanges(
  tx: Tx,
  deps: TransactionsDeps,
  versions: VersionCache,
  rows: readonly PendingRow[],
  outcomes: Map<bigint, Outcome>,
): Promise<readonly bigint[]> {
  const queued: QueuedChange[] = [];
  for (const row of rows) {
    if (row.op !== "change") continue;
    const read = readChange(row.body, row.at);
    if (read.ok) queued.push({ ...read.value, row });
    else outcomes.set(row.position, unreadable(row, read.error.kind));
  }
  const stored = await findByKeys(
    tx,
    queued.map(({ key }) => key),
  );
  const ids = new Map<string, ConversionId>(stored.map((each) => [keyText(each), each.id]));
  const known: (QueuedChange & { readonly id: ConversionId })[] = [];
  const waiting: bigint[] = [];
  for (const each of queued) {
    const id = ids.get(keyText(each.key));
    if (id) known.push({ ...each, id });
    else if (each.row.receivedAt > plusMs(deps.realNow(), -waitMsMax)) waiting.push(each.row.position);
    else outcomes.set(each.row.position, changeOutcome(each, { outcome: "refused", code: "order-unknown" }));
  }
  const results = await applyChanges(
    tx,
    deps,
    versions,
    known.map(({ id, change, row }) => ({ conversion: id, change, actor: row.key })),
  );
  for (const [index, result] of results.entries()) {
    const each = known[index];
    if (each) outcomes.set(each.row.position, resultOutcome(each, result));
  }
  return waiting;
}

function resultOutcome(each: QueuedChange & { readonly id: ConversionId }, result: ChangeOutcome): Outcome {
  const verdict = result.kind === "refused" ? { outcome: result.kind, code: result.code } : { outcome: result.kind };
  const { conversion } = result;
  if (!conversion) return changeOutcome(each, verdict);
  const { pricing } = conversion;
  return {
    ...changeOutcome(each, verdict),
    conversion: each.id,
    value: { currency: conversion.report.currency, minor: conversion.valueMinor },
    ...(pricing.state === "priced"
      ? { partner: pricing.by.partner, cost: { currency: pricing.by.currency, minor: conversion.costMinor } }
      : {}),
  };
}

function changeOutcome({ row, key, change }: QueuedChange, verdict: Pick<Outcome, "outcome" | "code">): Outcome {
  const { programme, orderId, event, category } = key;
  const base = { org: row.org, receipt: row.receipt, op: change.op, changeId: change.changeId, at: row.at };
  return { ...base, ...verdict, programme, orderId, event, category };
}

/** The edge let it through and we cannot read it: named, never lost silently. */
function unreadable(row: PendingRow, code: string): Outcome {
  const named = namesIn(row.body);
  const base = { org: row.org as OrgId, receipt: row.receipt, op: row.op, at: row.at };
  return { ...base, ...named, outcome: "refused", code };
}

function namesIn(body: string): Pick<Outcome, "programme" | "orderId" | "event" | "category"> {
  const raw: unknown = JSON.parse(body);
  const text = (name: string): string => {
    const value: unknown = typeof raw === "object" && raw !== null ? Reflect.get(raw, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  const programme = text("programme");
  return {
    programme: programme.startsWith("prg_") ? (programme as Outcome["programme"]) : "prg_unknown",
    orderId: text("orderId"),
    event: text("event"),
    category: text("category"),
  };
}
