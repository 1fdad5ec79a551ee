import { listPayoutRuns } from "@biotop/wire";
import { Anchor, Button } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { usePagedApi } from "../../api/use-api.ts";
import { countText, dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Row = Answer<typeof listPayoutRuns>["rows"][number];

export function PayoutRuns() {
  const t = useText();
  const navigate = useNavigate();
  const runs = usePagedApi(listPayoutRuns, { query: {} });
  const columns: readonly Column<Row>[] = [
    {
      key: "created",
      nowrap: true,
      title: t("finance.created"),
      cell: (row) => (
        <Anchor component={Link} to={`/payout-runs/${row.id}`} fz="sm" fw={550}>
          {dateTimeText(row.createdAt)}
        </Anchor>
      ),
    },
    {
      key: "by",
      title: t("finance.created-by"),
      cell: (row) => (row.isPreparedBySystem ? t("finance.by-system") : (row.createdBy?.name ?? "–")),
      wideOnly: true,
    },
    { key: "rail", title: t("finance.rail"), cell: (row) => t(`finance.rail-${row.rail}`), wideOnly: true },
    { key: "payouts", title: t("finance.payouts"), cell: (row) => countText(row.payouts), numeric: true },
    { key: "total", title: t("finance.total"), cell: (row) => <Amount money={row.total} strong />, numeric: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
  ];
  return (
    <Card title={t("finance.runs")} hint={t("finance.runs-hint")} flush>
      <QueryView query={runs}>
        {({ pages }) => (
          <DataTable
            label={t("finance.runs")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/payout-runs/${row.id}` })}
            more={runs.hasNextPage ? { load: () => void runs.fetchNextPage(), isLoading: runs.isFetchingNextPage } : undefined}
            empty={
              <EmptyState
                icon={IconCoins}
                title={t("finance.no-runs")}
                text={t("finance.no-runs-text")}
                actions={
                  <Button component={Link} to="/payout-runs/new" variant="default">
                    {t("action.new-payout-run")}
                  </Button>
                }
              />
            }
          />
        )}
      </QueryView>
    </Card>
  );
}
