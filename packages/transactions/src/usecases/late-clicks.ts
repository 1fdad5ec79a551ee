import { recordAttributions } from "@biotop/attribution";
import { type ConversionId, plusDays, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { clicksByIds } from "@biotop/tracking";
import { lockConversions } from "../db/conversions.ts";
import { missingClicks, removeMissingBefore, removeMissingClicks } from "../db/missing-clicks.ts";
import { insertOutcomes, type Outcome } from "../db/outcomes.ts";
import { lockQueue } from "../db/pending.ts";
import type { Conversion, Pricing } from "../domain/conversion.ts";
import type { TransactionsDeps } from "../ports.ts";
import { applyChanges, type ChangeCommand } from "./apply-changes.ts";
import { type Earner, findEarners } from "./find-earners.ts";
import type { VersionCache } from "./pricing-version.ts";
import { fixPricings } from "./record-reports.ts";

const missingMax = 500;
/** After that a click that never came is not waited for. */
const keptDays = 90;

/** Conversions whose named click arrived after they were priced: who earns is found again and the difference is corrected. */
export function attributeLateClicks(deps: TransactionsDeps, versions: VersionCache): Promise<number> {
  return deps.db.inTransaction("system", async (tx) => {
    const missing = await missingClicks(tx, missingMax);
    if (missing.length === 0) return 0;
    const arrived = new Set<string>((await clicksByIds(tx, [...new Set(missing.map(({ clickId }) => clickId))])).map(({ id }) => id));
    await removeMissingBefore(tx, plusDays(deps.clock.now(), -keptDays));
    if (arrived.size === 0) return 0;

    await lockQueue(tx);
    const ids = [...new Set(missing.filter(({ clickId }) => arrived.has(clickId)).map(({ conversion }) => conversion))];
    const count = await attributeAgain(tx, deps, versions, ids, "late-click");
    await removeMissingClicks(tx, [...arrived]);
    return count;
  });
}

/** Attributes stored conversions again; where the answer is another one, lines and ledger are corrected. */
export async function attributeAgain(
  tx: Tx,
  deps: TransactionsDeps,
  versions: VersionCache,
  ids: readonly ConversionId[],
  why: string,
): Promise<number> {
  const conversions = await lockConversions(tx, ids, false);
  const reports = conversions.map(({ report }) => report);
  const { earners, cover } = await findEarners(tx, reports);
  const asked = conversions.map(({ report }, index) => {
    const earner = present(earners[index], "every report is attributed");
    const winner = earner.result.winner;
    return { report, earner, version: winner && cover.version(winner.contractVersion) };
  });
  const pricings = await fixPricings(tx, asked);
  const now = deps.clock.now();
  const news = conversions.flatMap((conversion, index) => {
    const pricing = present(pricings[index], "every report has a pricing state");
    const earner = present(earners[index], "every report is attributed");
    const losesPrice = conversion.pricing.state === "priced" && pricing.state !== "priced";
    return losesPrice || conversion.pricing.state === "test" ? [] : [{ conversion, pricing, earner }];
  });
  await recordAttributions(
    tx,
    news.map(({ conversion, earner }) => ({
      conversion: conversion.id,
      programme: conversion.report.programme,
      merchant: conversion.org,
      result: earner.result,
      at: now,
    })),
  );
  const changed = news.filter(({ conversion, pricing }) => !isSame(conversion.pricing, pricing));
  const commands = changed.map(({ conversion, pricing, earner }): ChangeCommand => {
    const change = { changeId: `${why}/${conversion.version + 1}`, at: now, source: "system", op: "attribute" } as const;
    return { conversion: conversion.id, change, pricing, sub1: subIdOf(pricing, earner) };
  });
  const results = await applyChanges(tx, deps, versions, commands);
  const outcomes = results.flatMap((result, index) => {
    const before = changed[index]?.conversion.pricing;
    return result.kind === "changed" && before ? [newsOf(result.conversion, before)] : [];
  });
  await insertOutcomes(tx, outcomes);
  return outcomes.length;
}

function subIdOf(pricing: Pricing, earner: Earner): string {
  return pricing.state === "priced" ? (earner.click?.subIds.sub1 ?? "") : "";
}

function isSame(before: Pricing, after: Pricing): boolean {
  if (before.state !== after.state) return false;
  if (before.state === "priced" && after.state === "priced")
    return before.by.partner === after.by.partner && before.by.contractVersion === after.by.contractVersion;
  if ("reason" in before && "reason" in after) return before.reason === after.reason;
  return true;
}

function newsOf(conversion: Conversion, before: Pricing): Outcome {
  const { pricing, report } = conversion;
  const base = {
    org: conversion.org,
    receipt: conversion.receipt,
    op: "report",
    programme: report.programme,
    orderId: report.orderId,
    event: report.event,
    category: report.category,
    conversion: conversion.id,
    value: { currency: report.currency, minor: conversion.valueMinor },
    at: conversion.receivedAt,
  };
  if (pricing.state !== "priced") {
    const code = "reason" in pricing ? pricing.reason : undefined;
    return { ...base, outcome: pricing.state, code };
  }
  const cost = { currency: pricing.by.currency, minor: conversion.costMinor };
  return { ...base, outcome: before.state === "waiting" ? "priced" : "reattributed", partner: pricing.by.partner, cost };
}
