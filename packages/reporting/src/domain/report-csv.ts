import { type Currency, csvText, decimalText, type Language, type Money, money } from "@biotop/kernel";
import type { Metric, MetricValue } from "./metric.ts";

export type CsvReport = {
  readonly dimension: string;
  readonly metrics: readonly Metric[];
  readonly rows: readonly { readonly label: string; readonly values: Readonly<Record<string, MetricValue>> }[];
};

/** One column for each metric, money one for each currency. German spreadsheets want semicolons and decimal commas. */
export function reportCsv(report: CsvReport, language: Language): string {
  const columns = report.metrics.flatMap((metric) => columnsOf(metric, report.rows, language));
  const head = [report.dimension, ...columns.map((column) => column.title)];
  const rows = report.rows.map((row) => [row.label, ...columns.map((column) => column.cell(row.values))]);
  return csvText([head, ...rows], language === "de" ? ";" : ",");
}

type Column = { readonly title: string; readonly cell: (values: Readonly<Record<string, MetricValue>>) => string };

function columnsOf({ code, kind, label }: Metric, rows: CsvReport["rows"], language: Language): readonly Column[] {
  const title = label[language];
  if (kind !== "money") {
    const unit = kind === "ratio" ? `${title} (%)` : title;
    return [{ title: unit, cell: (values) => plainCell(values[code], language) }];
  }
  const currencies = new Set(rows.flatMap((row) => amountsIn(row.values[code]).map((amount) => amount.currency)));
  return [...currencies].sort().map((currency) => ({
    title: `${title} (${currency})`,
    cell: (values) => decimal(decimalText(amountIn(values[code], currency)), language),
  }));
}

function plainCell(value: MetricValue | undefined, language: Language): string {
  if (value?.kind === "count") return String(value.count);
  if (value?.kind !== "ratio" || value.ppm === null) return "";
  const ppm = BigInt(value.ppm);
  return decimal(`${ppm / 10_000n}.${(ppm % 10_000n).toString().padStart(4, "0")}`, language);
}

function amountsIn(value: MetricValue | undefined): readonly Money[] {
  return value?.kind === "money" ? value.amounts : [];
}

function amountIn(value: MetricValue | undefined, currency: Currency): Money {
  return amountsIn(value).find((amount) => amount.currency === currency) ?? money(currency, 0n);
}

function decimal(text: string, language: Language): string {
  return language === "de" ? text.replace(".", ",") : text;
}
