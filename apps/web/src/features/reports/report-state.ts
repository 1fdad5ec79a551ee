import type { LocalDate } from "@biotop/kernel";
import { reportDimensions, reportMetrics } from "@biotop/wire";
import { z } from "zod";
import { periodOf } from "./periods.ts";

export const bys = reportDimensions;
export type By = (typeof bys)[number];
export type MetricCode = (typeof reportMetrics)[number];

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export type ReportState = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly by: By;
  readonly metric: MetricCode;
  readonly view: "both" | "table";
  readonly partner: string;
  readonly programme: string;
  readonly sub1: string;
};

/** The report that an address names; whatever is missing or wrong gets its default. */
export function reportState(search: unknown, today: LocalDate): ReportState {
  const usual = periodOf("28-days", today);
  const schema = z.object({
    from: day.catch(usual.from),
    to: day.catch(usual.to),
    by: z.enum(bys).catch("day"),
    metric: z.enum(reportMetrics).catch("commission"),
    view: z.enum(["both", "table"]).catch("both"),
    partner: z.string().catch(""),
    programme: z.string().catch(""),
    sub1: z.coerce.string().catch(""),
  });
  const { sub1, ...rest } = schema.parse(search);
  return { ...rest, sub1: sub1 === "undefined" ? "" : sub1 } as ReportState;
}
