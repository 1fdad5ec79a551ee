import { listMails } from "@biotop/wire";
import { Alert, Box, Spoiler, Stack, Text } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { usePagedApi } from "../../api/use-api.ts";
import { dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { CopyValueButton } from "../../ui/copy-field.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Row = Answer<typeof listMails>["rows"][number];

/** Every mail of this organisation; where no mail server is set, its link is copied from here. */
export function MailsPage() {
  const t = useText();
  const mails = usePagedApi(listMails, { query: {} });
  const columns: readonly Column<Row>[] = [
    { key: "at", nowrap: true, title: t("links.created"), cell: (row) => dateTimeText(row.createdAt), wideOnly: true },
    { key: "to", title: t("mails.to"), cell: (row) => row.to },
    {
      key: "subject",
      title: t("mails.subject"),
      cell: (row) => (
        <Box maw={460}>
          <Text fz="sm" fw={550}>
            {row.subject}
          </Text>
          <Spoiler maxHeight={0} showLabel={t("mails.show")} hideLabel={t("mails.hide")} fz="xs">
            <Text fz="xs" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {row.text}
            </Text>
          </Spoiler>
        </Box>
      ),
    },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
    { key: "link", title: "", cell: (row) => row.link && <CopyValueButton compact value={row.link} label={t("links.copy")} /> },
  ];
  return (
    <Page title={t("nav.mails")} lead={t("mails.lead")}>
      <QueryView query={mails}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return (
            <Stack gap="md">
              {rows.some((row) => row.state === "kept") && <Alert color="blue">{t("mails.no-server")}</Alert>}
              <Card flush>
                <DataTable
                  label={t("nav.mails")}
                  rows={rows}
                  columns={columns}
                  rowId={(row) => row.id}
                  more={mails.hasNextPage ? { load: () => void mails.fetchNextPage(), isLoading: mails.isFetchingNextPage } : undefined}
                  empty={<EmptyState icon={IconMail} title={t("mails.empty")} />}
                />
              </Card>
            </Stack>
          );
        }}
      </QueryView>
    </Page>
  );
}
