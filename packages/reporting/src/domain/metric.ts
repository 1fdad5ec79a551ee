import type { LocalText, Money } from "@biotop/kernel";
import type { Facts } from "./facts.ts";

/** A figure of a report: what it is called, how it is made, and how it follows from the facts. */
export type Metric<Code extends string = string> = {
  readonly code: Code;
  readonly kind: MetricValue["kind"];
  readonly label: LocalText;
  /** How the figure is made, in words. */
  readonly formula: LocalText;
  readonly of: (facts: Facts) => MetricValue;
  readonly examples: readonly { readonly facts: Partial<Facts>; readonly is: MetricValue }[];
};

export type MetricValue =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "ratio"; readonly ppm: string | null }
  | { readonly kind: "money"; readonly amounts: Money[] };

export function defineMetric<Code extends string>(metric: Metric<Code>): Metric<Code> {
  return Object.freeze(metric);
}
