import { getTrackingHealth } from "@biotop/wire";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { IconHeartRateMonitor } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { useApi } from "../../api/use-api.ts";
import { countText, dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Health = Answer<typeof getTrackingHealth>;
type ProgrammeHealth = Health["programmes"][number];
type Edge = NonNullable<Health["operation"]>["edges"][number];

const refetchMs = 10_000;

/** Do clicks and orders arrive? For partners of a programme as well as for the merchant. */
export function TrackingPage() {
  const t = useText();
  const health = useApi(getTrackingHealth, {}, { refetchMs });
  return (
    <Page title={t("nav.tracking")} lead={t("tracking.lead")}>
      <QueryView query={health}>
        {(found) => (
          <Stack gap="md">
            <Programmes programmes={found.programmes} />
            {found.operation && <Operation operation={found.operation} />}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function Programmes({ programmes }: { readonly programmes: readonly ProgrammeHealth[] }) {
  const t = useText();
  const columns: readonly Column<ProgrammeHealth>[] = [
    { key: "programme", title: t("partners.programme"), cell: (row) => <b>{row.programme.name}</b> },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
    {
      key: "click",
      title: t("tracking.last-click"),
      cell: (row) => (row.lastClickAt ? dateTimeText(row.lastClickAt) : "–"),
      wideOnly: true,
    },
    {
      key: "order",
      title: t("tracking.last-order"),
      cell: (row) => (row.lastOrderAt ? dateTimeText(row.lastOrderAt) : "–"),
      wideOnly: true,
    },
    { key: "clicks", title: t("tracking.clicks-30"), cell: (row) => countText(row.clicks), numeric: true },
    { key: "bots", title: t("tracking.bots"), cell: (row) => countText(row.botClicks), numeric: true, wideOnly: true },
    {
      key: "counts",
      title: t("tracking.without-id"),
      cell: (row) => (
        <Group gap={4}>
          {Object.entries(row.counts).map(([reason, count]) => (
            <Badge key={reason} color="gray">
              {reason} {countText(count)}
            </Badge>
          ))}
        </Group>
      ),
      wideOnly: true,
    },
  ];
  return (
    <Card title={t("tracking.programmes")} flush>
      <DataTable
        label={t("tracking.programmes")}
        rows={programmes}
        columns={columns}
        rowId={(row) => row.programme.id + row.role}
        empty={<EmptyState icon={IconHeartRateMonitor} title={t("tracking.empty")} text={t("tracking.empty-text")} />}
      />
    </Card>
  );
}

function Operation({ operation }: { readonly operation: NonNullable<Health["operation"]> }) {
  const t = useText();
  const columns: readonly Column<Edge>[] = [
    { key: "worker", title: t("tracking.worker"), cell: (row) => row.worker },
    { key: "fresh", title: t("list.state"), cell: (row) => <StateBadge state={row.isFresh ? "receiving" : "silent"} /> },
    { key: "seen", nowrap: true, title: t("tracking.seen"), cell: (row) => dateTimeText(row.seenAt) },
    { key: "table", title: t("tracking.route-table"), cell: (row) => row.routeTableVersion, numeric: true },
  ];
  return (
    <Card title={t("tracking.operation")} hint={t("tracking.operation-hint")}>
      <Stack gap="md">
        <Facts
          facts={[
            { label: t("tracking.route-table"), value: operation.routeTableVersion },
            { label: t("tracking.lag"), value: `${countText(operation.loader.lagMs)} ms` },
            { label: t("tracking.loaded"), value: countText(operation.loader.clicksLoaded) },
            { label: t("tracking.torn"), value: countText(operation.loader.tornTails) },
          ]}
        />
        <DataTable
          label={t("tracking.operation")}
          rows={operation.edges}
          columns={columns}
          rowId={(row) => row.worker}
          empty={<Text fz="sm">–</Text>}
        />
      </Stack>
    </Card>
  );
}
