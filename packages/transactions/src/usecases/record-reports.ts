import { recordAttributions } from "@biotop/attribution";
import { type Programme, programmesByIds } from "@biotop/contracts";
import { assert, type ConversionId, type Instant, localDate, type OrgId, present } from "@biotop/kernel";
import { type NewEntry, post } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import { publish } from "@biotop/platform/outbox";
import { findByKeys, insertConversions, insertPositions, type NewConversion } from "../db/conversions.ts";
import { addDaySums } from "../db/day-sums.ts";
import { saveLines } from "../db/lines.ts";
import { insertMissingClicks } from "../db/missing-clicks.ts";
import type { Outcome } from "../db/outcomes.ts";
import { current, reasonOf, validationOf } from "../domain/change.ts";
import { type Conversion, keyText, type Pricing } from "../domain/conversion.ts";
import { daySums } from "../domain/day-sums.ts";
import { deadlineOf } from "../domain/deadline.ts";
import { type Line, postingsBetween, settle } from "../domain/line.ts";
import { price } from "../domain/pricing.ts";
import type { ConversionRecorded } from "../events.ts";
import type { TransactionsDeps } from "../ports.ts";
import { type Earner, findEarners } from "./find-earners.ts";
import { fixRates } from "./fix-rates.ts";
import type { PricingVersion } from "./pricing-version.ts";
import type { IncomingReport } from "./read-incoming.ts";
import { rules } from "./rules.ts";

/** A report out of the queue. */
export type QueuedReport = IncomingReport & { readonly receipt: string; readonly org: OrgId; readonly at: Instant };

type Fresh = { readonly index: number; readonly queued: QueuedReport; readonly id: ConversionId; readonly programme: Programme };
type Decided = Fresh & { readonly earner: Earner; readonly pricing: Pricing; readonly version: PricingVersion | undefined };
type Recorded = Decided & NewConversion & { readonly lines: readonly Line[] };

/** Stores reports with everything that follows from them, in one transaction; answers what became of each, in their order. */
export async function recordReports(tx: Tx, deps: TransactionsDeps, queued: readonly QueuedReport[]): Promise<readonly Outcome[]> {
  if (queued.length === 0) return [];
  const outcomes = new Map<number, Outcome>();
  const fresh = await sortOut(tx, deps, queued, outcomes);
  const decided = await decide(tx, fresh);
  const recorded = decided.map((each) => reckon(deps, each));
  await save(tx, recorded);
  for (const each of recorded) outcomes.set(each.index, outcomeOf(each.queued, each.conversion));
  return queued.map((_, index) => present(outcomes.get(index), "every report has an outcome"));
}

/** Repeats and contradictions get their outcome here; what is new goes on. */
async function sortOut(
  tx: Tx,
  deps: TransactionsDeps,
  queued: readonly QueuedReport[],
  outcomes: Map<number, Outcome>,
): Promise<readonly Fresh[]> {
  const stored = await findByKeys(
    tx,
    queued.map((each) => each.report),
  );
  const known = new Map(stored.map((each) => [keyText(each), { id: each.id, contentHash: each.contentHash }]));
  const programmes = await programmesByIds(tx, [...new Set(queued.map((each) => each.report.programme))]);
  const programmeById = new Map(programmes.map((programme) => [programme.id, programme]));

  const fresh: Fresh[] = [];
  for (const [index, each] of queued.entries()) {
    const programme = programmeById.get(each.report.programme);
    if (!programme || programme.org !== each.org) {
      outcomes.set(index, baseOutcome(each, { outcome: "refused", code: "foreign-programme" }));
      continue;
    }
    const key = keyText(each.report);
    const before = known.get(key);
    if (before) {
      const isSame = before.contentHash === each.contentHash;
      const verdict = isSame ? { outcome: "duplicate" as const } : { outcome: "refused" as const, code: "duplicate-order" };
      outcomes.set(index, { ...baseOutcome(each, verdict), conversion: before.id });
      continue;
    }
    const id = deps.ids.next("cnv");
    known.set(key, { id, contentHash: each.contentHash });
    fresh.push({ index, queued: each, id, programme });
  }
  return fresh;
}

/** Who earns, by which version, at which rate. */
async function decide(tx: Tx, fresh: readonly Fresh[]): Promise<readonly Decided[]> {
  const { earners, cover } = await findEarners(
    tx,
    fresh.map(({ queued }) => queued.report),
  );
  const attributed = fresh.map((each, index) => {
    const earner = present(earners[index], "every report is attributed");
    const winner = earner.result.winner;
    const version = winner && cover.version(winner.contractVersion);
    return { ...each, earner, version: each.queued.report.isTest ? undefined : version };
  });
  const pricings = await fixPricings(
    tx,
    attributed.map(({ queued, earner, version }) => ({ report: queued.report, earner, version })),
  );
  return attributed.map((each, index) => ({ ...each, pricing: present(pricings[index], "every report has a pricing state") }));
}

/** The pricing state of each report: test, without an earner, waiting for a rate, or ready. */
export async function fixPricings(
  tx: Tx,
  asked: readonly {
    readonly report: QueuedReport["report"];
    readonly earner: Earner;
    readonly version: PricingVersion | undefined;
  }[],
): Promise<readonly Pricing[]> {
  const priceable = asked.flatMap(({ report, version }) => (version ? [{ report, version }] : []));
  const rates = await fixRates(tx, priceable);
  let next = 0;
  return asked.map(({ report, earner, version }): Pricing => {
    if (report.isTest) return { state: "test" };
    if (!version) return { state: "unattributed", reason: unattributedReason(earner) };
    const rate = present(rates[next], "every order has a rate or a reason");
    next += 1;
    if ("unknown" in rate) return { state: "waiting", reason: "rate-unknown" };
    const { contract, id: contractVersion, payer, earner: partner, terms } = version;
    return { state: "priced", by: { partner, payer, contract, contractVersion, currency: terms.currency, ...rate } };
  });
}

/** The nearest reason: of the last candidate, because it came closest. */
function unattributedReason({ result }: Earner): string {
  return result.explanation.candidates.at(-1)?.reason ?? "no-click";
}

function reckon(deps: TransactionsDeps, decided: Decided): Recorded {
  const { queued, id, programme, earner, pricing, version } = decided;
  const { report } = queued;
  const state = current(rules, report, []);
  const validation = validationOf(state);
  const base: Conversion = {
    id,
    org: queued.org,
    receipt: queued.receipt,
    receivedAt: queued.at,
    day: localDate(report.occurredAt, programme.timeZone),
    sub1: pricing.state === "priced" ? (earner.click?.subIds.sub1 ?? "") : "",
    report,
    version: 1,
    valueMinor: report.netMinor,
    costMinor: 0n,
    validation,
    reason: reasonOf(state, []),
    deadline: undefined,
    pricing,
  };
  const isPriced = pricing.state === "priced" && version !== undefined;
  if (!isPriced) return { ...decided, conversion: base, contentHash: queued.contentHash, parties: [queued.org], lines: [] };

  const { targets, costMinor } = price(rules, report, state, pricing.by, version.terms);
  const { by } = pricing;
  const { lines } = settle([], {
    contract: { id: by.contract, version: by.contractVersion, payer: by.payer, partner: by.partner, currency: by.currency },
    targets,
    validation,
    at: queued.at,
    newId: () => deps.ids.next("cml"),
  });
  const deadline = validation === "open" ? deadlineOf(report.occurredAt, version.terms.validation.days, version.terms.timeZone) : undefined;
  return {
    ...decided,
    conversion: { ...base, costMinor, deadline },
    contentHash: queued.contentHash,
    parties: [...new Set([queued.org, ...version.parties])],
    lines,
  };
}

async function save(tx: Tx, recorded: readonly Recorded[]): Promise<void> {
  if (recorded.length === 0) return;
  await insertConversions(tx, recorded);
  await insertPositions(
    tx,
    recorded.map(({ conversion }) => ({ id: conversion.id, org: conversion.org, positions: conversion.report.positions })),
  );
  await saveLines(
    tx,
    recorded.flatMap(({ conversion, lines }) =>
      lines.map((line) => ({
        conversion: conversion.id,
        programme: conversion.report.programme,
        occurredAt: conversion.report.occurredAt,
        line,
      })),
    ),
  );
  await recordAttributions(
    tx,
    recorded
      .filter(({ queued }) => queued.report.clickIds.length > 0)
      .map(({ conversion, earner }) => ({
        conversion: conversion.id,
        programme: conversion.report.programme,
        merchant: conversion.org,
        result: earner.result,
        at: conversion.receivedAt,
      })),
  );
  await insertMissingClicks(
    tx,
    recorded.flatMap(({ conversion, earner }) =>
      conversion.report.isTest
        ? []
        : earner.missing.map((clickId) => ({ clickId, conversion: conversion.id, since: conversion.receivedAt })),
    ),
  );
  await addDaySums(
    tx,
    recorded.flatMap(({ conversion, lines }) => daySums(conversion, lines)),
  );
  await post(tx, recorded.flatMap(accrual));
  await publish(tx, ...recorded.flatMap(({ conversion }) => recordedEvent(conversion)));
}

function accrual({ conversion, lines }: Recorded): readonly NewEntry[] {
  const postings = postingsBetween(rules, [], lines);
  assert(postings.length === 0 || conversion.pricing.state === "priced", "only a priced conversion moves money");
  if (postings.length === 0) return [];
  const cause = { kind: "accrue", ref: conversion.id };
  return [{ idempotencyKey: `${conversion.id}/1`, cause, effectiveAt: conversion.receivedAt, postings }];
}

function recordedEvent({ id, org, report, pricing }: Conversion): readonly ConversionRecorded[] {
  if (pricing.state === "test") return [];
  const partner = pricing.state === "priced" ? pricing.by.partner : null;
  return [{ type: "conversion.recorded", conversionId: id, programmeId: report.programme, merchant: org, partner, pricing: pricing.state }];
}

function baseOutcome({ receipt, org, at, report }: QueuedReport, verdict: Pick<Outcome, "outcome" | "code">): Outcome {
  const { programme, orderId, event, category } = report;
  return { org, receipt, op: "report", ...verdict, programme, orderId, event, category, at };
}

function outcomeOf(queued: QueuedReport, conversion: Conversion): Outcome {
  const { pricing } = conversion;
  const base = {
    ...baseOutcome(queued, { outcome: pricing.state }),
    conversion: conversion.id,
    value: { currency: conversion.report.currency, minor: conversion.valueMinor },
  };
  if (pricing.state === "waiting" || pricing.state === "unattributed") return { ...base, code: pricing.reason };
  if (pricing.state === "test") return base;
  return { ...base, partner: pricing.by.partner, cost: { currency: pricing.by.currency, minor: conversion.costMinor } };
}
