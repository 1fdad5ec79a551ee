import { listNotifications, markNotificationsRead } from "@biotop/wire";
import { Anchor, Button, Text } from "@mantine/core";
import { IconBell, IconPointFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { usePagedApi, useSend } from "../../api/use-api.ts";
import { dateTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastProblem } from "../../ui/toast.ts";

type Row = Answer<typeof listNotifications>["rows"][number];

export function NotificationsPage() {
  const t = useText();
  const local = useLocalText();
  const news = usePagedApi(listNotifications, { query: {} });
  const mark = useSend(markNotificationsRead);
  const unread = news.data?.pages[0]?.unread ?? 0;
  const columns: readonly Column<Row>[] = [
    {
      key: "text",
      title: t("news.what"),
      cell: (row) => (
        <Text fz="sm" fw={row.isRead ? 400 : 600}>
          {!row.isRead && <IconPointFilled size={12} aria-label={t("news.unread")} color="var(--mantine-color-orange-6)" />}{" "}
          <Subject row={row} text={local(row.text)} />
        </Text>
      ),
    },
    { key: "at", nowrap: true, title: t("transactions.at"), cell: (row) => dateTimeText(row.at) },
  ];
  const action = unread > 0 && (
    <Button variant="default" loading={mark.isPending} onClick={() => mark.mutate({ body: {} }, { onError: toastProblem })}>
      {t("news.mark-all")}
    </Button>
  );
  return (
    <Page title={t("shell.notifications")} actions={action} narrow>
      <Card flush>
        <QueryView query={news}>
          {({ pages }) => (
            <DataTable
              label={t("shell.notifications")}
              rows={pages.flatMap((page) => page.rows)}
              columns={columns}
              rowId={(row) => row.id}
              more={news.hasNextPage ? { load: () => void news.fetchNextPage(), isLoading: news.isFetchingNextPage } : undefined}
              empty={<EmptyState icon={IconBell} title={t("news.empty")} text={t("news.empty-text")} />}
            />
          )}
        </QueryView>
      </Card>
    </Page>
  );
}

const paths: Readonly<Record<string, string>> = {
  proposal: "/proposals",
  contract: "/contracts",
  conversion: "/transactions",
  transaction: "/transactions",
  document: "/documents",
  "payout-run": "/payout-runs",
  offer: "/offers",
};

function Subject({ row, text }: { readonly row: Row; readonly text: string }) {
  const path = paths[row.subject.kind];
  if (!path) return <>{text}</>;
  return (
    <Anchor component={Link} to={`${path}/${row.subject.id}`} fz="sm" inherit>
      {text}
    </Anchor>
  );
}
