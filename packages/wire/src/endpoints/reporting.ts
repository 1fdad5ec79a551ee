import { z } from "zod";
import { fileDownload, id, instantText, localDateText, localText, moneyAmount, timeZoneName } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

export const reportMetrics = [
  "clicks",
  "conversions",
  "order-value",
  "commission",
  "commission-open",
  "commission-approved",
  "conversions-declined",
  "commission-paid",
  "conversion-rate",
  "earnings-per-click",
] as const;

export const reportDimensions = ["day", "partner", "programme", "sub1"] as const;

const metricList = z
  .string()
  .max(400)
  .refine(
    (text) => text.split(",").every((code) => (reportMetrics as readonly string[]).includes(code)),
    "metric codes, separated by commas",
  )
  .meta({ examples: ["clicks,conversions,commission"] });

const reportQuery = z.strictObject({
  metrics: metricList.default("clicks,conversions,order-value,commission,conversion-rate,earnings-per-click"),
  by: z.enum(reportDimensions).default("day"),
  /** First and last day, both inclusive, as the programme's time zone counts days. */
  from: localDateText(),
  to: localDateText(),
  partner: id("org").optional(),
  programme: id("prg").optional(),
  sub1: z.string().max(200).optional(),
});

/** A count, a ratio in parts per million, or one amount per currency. */
const metricValue = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("count"), count: z.int() }),
  z.strictObject({ kind: z.literal("ratio"), ppm: z.string().nullable() }),
  z.strictObject({ kind: z.literal("money"), amounts: z.array(moneyAmount()) }),
]);

const metricColumn = z.strictObject({
  code: z.enum(reportMetrics),
  kind: z.enum(["count", "ratio", "money"]),
  label: localText(),
  /** How the figure is made, in words. */
  formula: localText(),
});

const reportProblems = ["not-signed-in", "not-allowed", "invalid-request", "report-period-wrong"] as const;

export const getReport = defineEndpoint({
  id: "getReport",
  at: "api",
  method: "GET",
  path: "/v1/reports",
  tag: "reporting",
  summary: "Metrics by day, partner, programme or sub-id",
  description: "An organisation sees what it pays and what it earns: as merchant all partners, as partner its own figures.",
  access: "reports:read",
  query: reportQuery,
  status: 200,
  answer: z.strictObject({
    by: z.enum(reportDimensions),
    columns: z.array(metricColumn),
    rows: z.array(z.strictObject({ key: z.string(), label: z.string(), values: z.record(z.string(), metricValue) })),
    totals: z.record(z.string(), metricValue),
    isCut: z.boolean(),
  }),
  problems: reportProblems,
});

export const downloadReport = defineEndpoint({
  id: "downloadReport",
  at: "api",
  method: "GET",
  path: "/v1/reports/csv",
  tag: "reporting",
  summary: "The same report as CSV; German requests get semicolons and decimal commas",
  access: "reports:read",
  query: reportQuery,
  status: 200,
  answer: fileDownload(),
  mediaType: "text/csv; charset=utf-8",
  problems: reportProblems,
});

export const getReportCatalogue = defineEndpoint({
  id: "getReportCatalogue",
  at: "api",
  method: "GET",
  path: "/v1/reports/catalogue",
  tag: "reporting",
  summary: "Every metric with its formula and every dimension",
  access: "reports:read",
  status: 200,
  answer: z.strictObject({
    metrics: z.array(metricColumn),
    dimensions: z.array(z.strictObject({ code: z.enum(reportDimensions), label: localText() })),
  }),
  problems: ["not-signed-in", "not-allowed"],
});

export const toDoKinds = [
  "answer-proposal",
  "validate-transactions",
  "add-tax-data",
  "add-bank-account",
  "approve-payout-run",
  "download-payout-file",
  "statements-wait",
  "read-notifications",
] as const;

export const getHome = defineEndpoint({
  id: "getHome",
  at: "api",
  method: "GET",
  path: "/v1/home",
  tag: "reporting",
  summary: "What to do now, the figures of the period against the one before, and one series",
  access: "reports:read",
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(28), timeZone: timeZoneName().optional() }),
  status: 200,
  answer: z.strictObject({
    from: localDateText(),
    to: localDateText(),
    toDos: z.array(
      z.strictObject({
        kind: z.enum(toDoKinds),
        count: z.int(),
        text: localText(),
        /** The object, when there is exactly one. */
        subject: z.string().nullable(),
        since: instantText().nullable(),
        dueAt: instantText().nullable(),
      }),
    ),
    tiles: z.array(z.strictObject({ metric: metricColumn, current: metricValue, previous: metricValue })),
    chart: z.strictObject({
      metric: metricColumn,
      days: z.array(z.strictObject({ day: localDateText(), value: metricValue })),
    }),
  }),
  problems: ["not-signed-in", "not-allowed", "invalid-request"],
});

export const reportingEndpoints = [getReport, downloadReport, getReportCatalogue, getHome] as const satisfies readonly Endpoint[];
