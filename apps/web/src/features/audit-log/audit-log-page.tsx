import { listAuditLog } from "@biotop/wire";
import { Code, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { usePagedApi } from "../../api/use-api.ts";
import { preciseTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";

type Row = Answer<typeof listAuditLog>["rows"][number];

export function AuditLogPage() {
  const t = useText();
  const [text, setText] = useState("");
  const [action] = useDebouncedValue(text.trim(), 300);
  const log = usePagedApi(listAuditLog, { query: { action } });
  const columns: readonly Column<Row>[] = [
    { key: "at", nowrap: true, title: t("transactions.at"), cell: (row) => preciseTimeText(row.at) },
    { key: "actor", title: t("audit.who"), cell: (row) => <b>{row.actor.name ?? t(`audit.${row.actor.kind}`)}</b> },
    { key: "action", title: t("audit.action"), cell: (row) => <Code>{row.action}</Code> },
    { key: "subject", title: t("audit.subject"), cell: (row) => <span className="mono">{row.subject}</span>, wideOnly: true },
    {
      key: "facts",
      title: t("audit.facts"),
      cell: (row) => (
        <Text fz="xs" c="dimmed" maw={420} style={{ overflowWrap: "anywhere" }}>
          {Object.entries(row.facts)
            .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
            .join(" · ")}
        </Text>
      ),
      wideOnly: true,
    },
  ];
  const filter = (
    <TextInput
      size="xs"
      w={220}
      aria-label={t("audit.filter")}
      placeholder={t("audit.filter")}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
  return (
    <Page title={t("nav.audit-log")} lead={t("audit.lead")}>
      <Card title={t("audit.entries")} actions={filter} flush>
        <QueryView query={log}>
          {({ pages }) => (
            <DataTable
              label={t("nav.audit-log")}
              rows={pages.flatMap((page) => page.rows)}
              columns={columns}
              rowId={(row) => row.id}
              more={log.hasNextPage ? { load: () => void log.fetchNextPage(), isLoading: log.isFetchingNextPage } : undefined}
              empty={<EmptyState icon={IconHistory} title={t("audit.empty")} />}
            />
          )}
        </QueryView>
      </Card>
    </Page>
  );
}
