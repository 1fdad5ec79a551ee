import { getHome } from "@biotop/wire";
import { Button, SegmentedControl, SimpleGrid, Stack } from "@mantine/core";
import { IconChartHistogram } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Answer } from "../../api/call.ts";
import { useSession } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { dayText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView, RowsSkeleton } from "../../ui/query-view.tsx";
import { plotted } from "../reports/metric-value.ts";
import classes from "./home-page.module.css";
import { MetricTile } from "./metric-tile.tsx";
import { SetUpGuide } from "./set-up-guide.tsx";
import { ToDos } from "./to-dos.tsx";

type Home = Answer<typeof getHome>;

const SeriesChart = lazy(() => import("../reports/series-chart.tsx").then((loaded) => ({ default: loaded.SeriesChart })));

const periods = ["7", "28", "90"] as const;
const refetchMs = 60_000;

/** What to do first, then the figures, then one chart. */
export function HomePage() {
  const t = useText();
  const navigate = useNavigate();
  const { user } = useSession();
  const search: { readonly days?: string | number } = useSearch({ strict: false });
  const days = String(search.days ?? "28");
  const home = useApi(getHome, { query: { days } }, { refetchMs, keepPrevious: true });
  const period = (
    <SegmentedControl
      size="xs"
      aria-label={t("home.period")}
      value={days}
      onChange={(next) => void navigate({ to: "/", search: { days: next } as never, replace: true })}
      data={periods.map((value) => ({ value, label: t("home.days", { count: Number(value) }) }))}
    />
  );
  return (
    <Page title={t("home.hello", { name: user?.name ?? "" })} actions={period}>
      <QueryView query={home} skeletonRows={10}>
        {(facts) => <HomeView home={facts} />}
      </QueryView>
    </Page>
  );
}

function HomeView({ home }: { readonly home: Home }) {
  const t = useText();
  const local = useLocalText();
  return (
    <Stack gap="md">
      <div className={classes["first"]}>
        <ToDos toDos={home.toDos} />
        <SetUpGuide />
      </div>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
        {home.tiles.map((tile) => (
          <MetricTile key={tile.metric.code} metric={tile.metric} current={tile.current} previous={tile.previous} />
        ))}
      </SimpleGrid>
      <Card
        title={local(home.chart.metric.label)}
        hint={t("home.chart-hint", { from: dayText(home.from), to: dayText(home.to) })}
        actions={<ReportLink from={home.from} to={home.to} />}
      >
        {home.chart.days.some((day) => plotted(day.value)) ? (
          <Suspense fallback={<RowsSkeleton rows={6} />}>
            <SeriesChart
              kind="line"
              metric={home.chart.metric}
              points={home.chart.days.map((day) => ({ key: day.day, label: day.day, value: day.value }))}
            />
          </Suspense>
        ) : (
          <EmptyState icon={IconChartHistogram} title={t("home.no-figures")} text={t("home.no-figures-text")} />
        )}
      </Card>
    </Stack>
  );
}

function ReportLink({ from, to }: { readonly from: string; readonly to: string }) {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Button size="compact-sm" variant="default" onClick={() => void navigate({ to: "/reports", search: { from, to } as never })}>
      {t("home.to-report")}
    </Button>
  );
}
