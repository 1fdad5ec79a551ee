import { minorDigits, unreachable } from "@biotop/kernel";
import type { getReport } from "@biotop/wire";
import type { Answer } from "../../api/call.ts";
import { countText, moneyText, ppmText } from "../../format/format.ts";

export type Metric = Answer<typeof getReport>["columns"][number];
export type MetricValue = Answer<typeof getReport>["totals"][string];

/** A figure as lines of text: one per currency. */
export function metricText(value: MetricValue | undefined): readonly string[] {
  if (!value) return ["–"];
  switch (value.kind) {
    case "count":
      return [countText(value.count)];
    case "ratio":
      return [value.ppm === null ? "–" : ppmText(rounded(BigInt(value.ppm)))];
    case "money":
      return value.amounts.length === 0 ? ["–"] : value.amounts.map(moneyText);
    default:
      return unreachable(value);
  }
}

/** Two decimals of a percent are enough on a screen. */
function rounded(ppm: bigint): bigint {
  return (ppm / 100n) * 100n;
}

/** A figure for drawing; money in the major unit of its first currency. Never for reckoning. */
export function plotted(value: MetricValue | undefined, currency?: string): number | null {
  if (!value) return null;
  if (value.kind === "count") return value.count;
  if (value.kind === "ratio") return value.ppm === null ? null : Number(value.ppm) / 10_000;
  const amount = currency ? value.amounts.find((each) => each.currency === currency) : value.amounts[0];
  return amount ? Number(amount.minor) / 10 ** minorDigits(amount.currency) : 0;
}

/** Relative change; `undefined` when there is nothing to compare with. */
export function compareMetric(current: MetricValue, previous: MetricValue): number | undefined {
  const now = plotted(current);
  const before = plotted(previous, current.kind === "money" ? current.amounts[0]?.currency : undefined);
  if (now === null || before === null || before === 0) return undefined;
  return (now - before) / Math.abs(before);
}

export function currenciesOf(values: readonly (MetricValue | undefined)[]): readonly string[] {
  const found = new Set<string>();
  for (const value of values) if (value?.kind === "money") for (const amount of value.amounts) found.add(amount.currency);
  return [...found].sort();
}
