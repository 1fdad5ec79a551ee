import type { LocalDate } from "@biotop/kernel";
import type { getReport } from "@biotop/wire";
import { Alert, Anchor, Button, NativeSelect, Stack, Tooltip } from "@mantine/core";
import { IconChartHistogram, IconFilterOff } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { Answer } from "../../api/call.ts";
import { dayText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RowsSkeleton } from "../../ui/query-view.tsx";
import { metricText } from "./metric-value.ts";
import type { MetricCode } from "./report-state.ts";

type ReportAnswer = Answer<typeof getReport>;
type Row = ReportAnswer["rows"][number];

const SeriesChart = lazy(() => import("./series-chart.tsx").then((loaded) => ({ default: loaded.SeriesChart })));
const barsMax = 20;

type Props = {
  readonly report: ReportAnswer;
  readonly metric: MetricCode;
  readonly hasChart: boolean;
  readonly onMetric: (metric: MetricCode) => void;
  readonly onDrill: (by: ReportAnswer["by"], key: string) => void;
  readonly onReset?: () => void;
};

export function ReportResult({ report, metric, hasChart, onMetric, onDrill, onReset }: Props) {
  const t = useText();
  const local = useLocalText();
  const shown = report.columns.find((column) => column.code === metric) ?? report.columns[0];
  const columns = useReportColumns(report, onDrill);
  return (
    <Stack gap="md">
      {report.isCut && <Alert color="amber">{t("reports.cut")}</Alert>}
      {onReset && (
        <Button variant="light" size="compact-sm" w="fit-content" leftSection={<IconFilterOff size={15} />} onClick={onReset}>
          {t("reports.reset")}
        </Button>
      )}
      {hasChart && shown && report.rows.length > 0 && (
        <Card
          actions={
            <NativeSelect
              size="xs"
              aria-label={t("reports.metric")}
              value={shown.code}
              onChange={(event) => onMetric(event.currentTarget.value as MetricCode)}
              data={report.columns.map((column) => ({ value: column.code, label: local(column.label) }))}
            />
          }
        >
          <Suspense fallback={<RowsSkeleton rows={6} />}>
            <SeriesChart
              kind={report.by === "day" ? "line" : "bar"}
              metric={shown}
              points={chartRows(report).map((row) => ({ key: row.key, label: row.label, value: row.values[shown.code] }))}
            />
          </Suspense>
        </Card>
      )}
      <Card flush>
        <DataTable
          label={t("nav.reports")}
          rows={report.rows}
          columns={columns}
          rowId={(row) => row.key}
          empty={<EmptyState icon={IconChartHistogram} title={t("reports.empty")} text={t("reports.empty-text")} />}
        />
      </Card>
    </Stack>
  );
}

/** Days in their order; names only as many as can be read. */
function chartRows(report: ReportAnswer): readonly Row[] {
  if (report.by !== "day") return report.rows.slice(0, barsMax);
  return [...report.rows].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function useReportColumns(report: ReportAnswer, onDrill: Props["onDrill"]): readonly Column<Row>[] {
  const t = useText();
  const local = useLocalText();
  const canDrill = report.by === "partner" || report.by === "programme";
  const first: Column<Row> = {
    key: "label",
    nowrap: report.by === "day",
    title: t(`reports.by-${report.by}`),
    cell: (row) => {
      if (report.by === "day") return dayText(row.label as LocalDate);
      if (!canDrill || !/^(org|prg)_/.test(row.key)) return row.label || t("reports.no-sub1");
      return (
        <Anchor component="button" type="button" fz="sm" onClick={() => onDrill(report.by, row.key)}>
          {row.label}
        </Anchor>
      );
    },
    footer: t("reports.total"),
  };
  const figures = report.columns.map(
    (column): Column<Row> => ({
      key: column.code,
      title: local(column.label),
      numeric: true,
      cell: (row) => <Lines lines={metricText(row.values[column.code])} hint={local(column.formula)} />,
      footer: <Lines lines={metricText(report.totals[column.code])} hint={local(column.formula)} />,
    }),
  );
  return [first, ...figures];
}

function Lines({ lines, hint }: { readonly lines: readonly string[]; readonly hint: string }) {
  return (
    <Tooltip label={hint} openDelay={800}>
      <div>
        {lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
      </div>
    </Tooltip>
  );
}
