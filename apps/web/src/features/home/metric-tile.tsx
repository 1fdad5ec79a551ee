import { Group, Paper, Text, Tooltip } from "@mantine/core";
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from "@tabler/icons-react";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { compareMetric, type Metric, type MetricValue, metricText } from "../reports/metric-value.ts";
import classes from "./metric-tile.module.css";

type Props = { readonly metric: Metric; readonly current: MetricValue; readonly previous: MetricValue };

/** One figure against the period before; direction by sign and arrow, not by colour alone. */
export function MetricTile({ metric, current, previous }: Props) {
  const t = useText();
  const local = useLocalText();
  const change = compareMetric(current, previous);
  const Icon = change === undefined || change === 0 ? IconArrowRight : change > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Paper withBorder className={classes["tile"] ?? ""} component="section" aria-label={local(metric.label)}>
      <Tooltip label={local(metric.formula)}>
        <Text fz="xs" c="dimmed" className={classes["label"] ?? ""}>
          {local(metric.label)}
        </Text>
      </Tooltip>
      <div className={classes["value"]}>
        {metricText(current).map((line) => (
          <div key={line}>{line}</div>
        ))}
      </div>
      <Group gap={4} c="dimmed" wrap="nowrap" align="flex-start">
        <Icon size={14} aria-hidden />
        <Text fz="xs">{change === undefined ? t("home.no-comparison") : t("home.change", { percent: signedPercent(change) })}</Text>
      </Group>
    </Paper>
  );
}

function signedPercent(ratio: number): string {
  const percent = Math.round(ratio * 100);
  return `${percent > 0 ? "+" : percent < 0 ? "−" : "±"}${Math.abs(percent)} %`;
}
