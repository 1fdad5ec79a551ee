import { programmesByIds } from "@biotop/contracts/queries";
import { findOrganisations } from "@biotop/directory/queries";
import { err, type Id, isId, type Language, type OrgId, ok, type Result, type TimeZone } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Problem } from "@biotop/wire";
import { type Dimension, nothingNamed } from "../domain/dimensions.ts";
import { addFacts, type Facts, noFacts } from "../domain/facts.ts";
import type { MetricValue } from "../domain/metric.ts";
import { type MetricCode, metricOf } from "../domain/metrics.ts";
import { daysBetween, eachDay, reportDaysMax } from "../domain/period.ts";
import type { ReportingDeps } from "./deps.ts";
import { type FactsAsked, gatherFacts } from "./gather-facts.ts";

export type ReportAsked = Omit<FactsAsked, "timeZone"> & { readonly metrics: readonly MetricCode[]; readonly language: Language };

export type ReportRow = { readonly key: string; readonly label: string; readonly values: Record<string, MetricValue> };
export type Report = { readonly rows: readonly ReportRow[]; readonly totals: Record<string, MetricValue>; readonly isCut: boolean };

const rowsMax = 2_000;

/** Metrics by one dimension, of what the organisation pays and earns. */
export function readReport(deps: ReportingDeps, asked: ReportAsked): Promise<Result<Report, Problem>> {
  const days = daysBetween(asked.from, asked.to);
  if (days < 1 || days > reportDaysMax) return Promise.resolve(err({ kind: "report-period-wrong", daysMax: reportDaysMax }));
  return deps.db.inTransaction({ org: asked.org }, async (tx) => {
    const facts = await gatherFacts(tx, { ...asked, timeZone: await zoneOf(tx, asked.org) });
    const keys = asked.by === "day" ? eachDay(asked.from, asked.to) : byWeight(facts);
    const labels = await labelsOf(tx, asked.by, keys, asked.language);
    const shown = keys.slice(0, rowsMax);
    const total = [...facts.values()].reduce((sum, each) => addFacts(sum, each), noFacts);
    return ok({
      rows: shown.map((key) => ({ key, label: labels(key), values: valuesOf(asked.metrics, facts.get(key) ?? noFacts) })),
      totals: valuesOf(asked.metrics, total),
      isCut: keys.length > shown.length,
    });
  });
}

export async function zoneOf(tx: Tx, org: OrgId): Promise<TimeZone> {
  return (await findOrganisations(tx, [org]))[0]?.timeZone ?? ("Europe/Berlin" as TimeZone);
}

function valuesOf(codes: readonly MetricCode[], facts: Facts): Record<string, MetricValue> {
  return Object.fromEntries(codes.map((code) => [code, metricOf(code).of(facts)]));
}

/** What matters most first: conversions, then clicks, then the key. */
function byWeight(facts: ReadonlyMap<string, Facts>): readonly string[] {
  return [...facts]
    .sort(([keyA, a], [keyB, b]) => Number(b.conversions - a.conversions) || Number(b.clicks - a.clicks) || (keyA < keyB ? -1 : 1))
    .map(([key]) => key);
}

async function labelsOf(tx: Tx, by: Dimension, keys: readonly string[], language: Language): Promise<(key: string) => string> {
  const names = new Map<string, string>();
  if (by === "partner") for (const { id, name } of await findOrganisations(tx, idsOf("org", keys))) names.set(id, name);
  if (by === "programme") for (const { id, name } of await programmesByIds(tx, idsOf("prg", keys))) names.set(id, name);
  return (key) => (key === "" ? nothingNamed[by][language] : (names.get(key) ?? key));
}

function idsOf<Prefix extends string>(prefix: Prefix, keys: readonly string[]): Id<Prefix>[] {
  return keys.filter((key): key is Id<Prefix> => isId(prefix, key));
}
