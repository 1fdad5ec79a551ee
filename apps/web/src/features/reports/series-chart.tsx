import type { LocalDate } from "@biotop/kernel";
import { useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { countShort, countText, dayShort, dayText, moneyShort } from "../../format/format.ts";
import { useLanguage, useLocalText } from "../../i18n/i18n.ts";
import { currenciesOf, type Metric, type MetricValue, plotted } from "./metric-value.ts";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type Point = { readonly key: string; readonly label: string; readonly value: MetricValue | undefined };

type Props = { readonly kind: "line" | "bar"; readonly metric: Metric; readonly points: readonly Point[] };

const readableBars = 10;
const palette = { light: ["#0f7a5e", "#c2672b", "#3c6fb4"], dark: ["#39ad88", "#e39a62", "#7aa7e0"] } as const;

/** One metric over days or names; one series per currency. The table beside it holds the exact figures. */
export function SeriesChart({ kind, metric, points }: Props) {
  const local = useLocalText();
  const language = useLanguage();
  const scheme = useComputedColorScheme("light");
  const holder = useRef<HTMLDivElement>(null);
  const label = local(metric.label);
  useEffect(() => {
    if (!holder.current) return undefined;
    const chart = init(holder.current, null, { renderer: "svg" });
    chart.setOption(chartOption({ kind, metric, points }, label, scheme), true);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(holder.current);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [kind, metric, points, label, scheme]);
  return <div ref={holder} role="img" aria-label={label} lang={language} style={{ width: "100%", height: 260 }} />;
}

function chartOption({ kind, metric, points }: Props, label: string, scheme: "light" | "dark"): Readonly<Record<string, unknown>> {
  const ink = scheme === "dark" ? "#9ba6a2" : "#5a6461";
  const line = scheme === "dark" ? "#262d2b" : "#e3e7e5";
  const surface = scheme === "dark" ? "#1b211f" : "#ffffff";
  const currencies = metric.kind === "money" ? currenciesOf(points.map((point) => point.value)) : [];
  const series = metric.kind === "money" && currencies.length > 0 ? currencies : [undefined];
  return {
    color: palette[scheme],
    animationDuration: 250,
    aria: { enabled: true },
    grid: { left: 8, right: 12, top: series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    ...(series.length > 1 ? { legend: { top: 0, left: 0, textStyle: { color: ink }, icon: "circle" } } : {}),
    tooltip: {
      trigger: "axis",
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: scheme === "dark" ? "#e3e8e6" : "#1b211f", fontSize: 12 },
      valueFormatter: (value: number | null) => (value === null ? "–" : countText(value)),
    },
    xAxis: {
      type: "category",
      data: points.map((point) => nameOf(point, dayText)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: line } },
      axisLabel: {
        color: ink,
        fontSize: 11,
        hideOverlap: true,
        ...(kind === "bar" && points.length <= readableBars ? { interval: 0, width: 86, overflow: "truncate" } : {}),
        formatter: (_name: string, index: number) => shortName(points[index]),
      },
    },
    yAxis: {
      type: "value",
      splitLine: { lineStyle: { color: line } },
      axisLabel: { color: ink, fontSize: 11, formatter: (value: number) => axisText(value, metric, currencies) },
    },
    series: series.map((currency) => ({
      name: currency ?? label,
      type: kind,
      smooth: 0.2,
      showSymbol: points.length < 32,
      symbolSize: 5,
      barMaxWidth: 34,
      lineStyle: { width: 2 },
      ...(kind === "line" && series.length === 1 ? { areaStyle: { opacity: 0.08 } } : {}),
      itemStyle: kind === "bar" ? { borderRadius: [3, 3, 0, 0] } : {},
      data: points.map((point) => plotted(point.value, currency)),
    })),
  };
}

const isDay = /^\d{4}-\d{2}-\d{2}$/;

function nameOf(point: Point, write: (day: LocalDate) => string): string {
  return isDay.test(point.label) ? write(point.label as LocalDate) : point.label;
}

function shortName(point: Point | undefined): string {
  if (!point) return "";
  const name = nameOf(point, dayShort);
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}

function axisText(value: number, metric: Metric, currencies: readonly string[]): string {
  const [only] = currencies;
  if (metric.kind === "money" && only && currencies.length === 1) return moneyShort(value, only);
  if (metric.kind === "ratio") return `${countShort(value)} %`;
  return countShort(value);
}
