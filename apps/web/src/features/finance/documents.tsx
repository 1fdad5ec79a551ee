import { downloadDocument, listDocuments, listWaitingStatements } from "@biotop/wire";
import { Anchor, Button, Group, SegmentedControl, Stack } from "@mantine/core";
import { IconFileInvoice } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { download } from "../../api/call.ts";
import { useApi, usePagedApi } from "../../api/use-api.ts";
import { dayText, monthText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastProblem } from "../../ui/toast.ts";
import { WaitingReasons } from "./waiting-reasons.tsx";

type Row = Answer<typeof listDocuments>["rows"][number];
type Waiting = Answer<typeof listWaitingStatements>["rows"][number];
type Side = "all" | "issued" | "received";

export function Documents() {
  const t = useText();
  const navigate = useNavigate();
  const search: { readonly side?: Side } = useSearch({ strict: false });
  const side = search.side ?? "all";
  const documents = usePagedApi(listDocuments, { query: side === "all" ? {} : { side } });
  const columns = useDocumentColumns();
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t("finance.side")}
      value={side}
      onChange={(next) => void navigate({ to: "/finance", search: { tab: "documents", side: next } as never, replace: true })}
      data={[
        { value: "all", label: t("form.all") },
        { value: "issued", label: t("finance.issued") },
        { value: "received", label: t("finance.received") },
      ]}
    />
  );
  return (
    <Stack gap="md">
      <WaitingStatements />
      <Card title={t("finance.documents")} hint={t("finance.documents-hint")} actions={choice} flush>
        <QueryView query={documents}>
          {({ pages }) => (
            <DataTable
              label={t("finance.documents")}
              rows={pages.flatMap((page) => page.rows)}
              columns={columns}
              rowId={(row) => row.id}
              onOpen={(row) => void navigate({ to: `/documents/${row.id}` })}
              more={
                documents.hasNextPage ? { load: () => void documents.fetchNextPage(), isLoading: documents.isFetchingNextPage } : undefined
              }
              empty={<EmptyState icon={IconFileInvoice} title={t("finance.no-documents")} text={t("finance.no-documents-text")} />}
            />
          )}
        </QueryView>
      </Card>
    </Stack>
  );
}

function useDocumentColumns(): readonly Column<Row>[] {
  const t = useText();
  return [
    {
      key: "number",
      nowrap: true,
      title: t("finance.number"),
      cell: (row) => (
        <Anchor component={Link} to={`/documents/${row.id}`} fz="sm" fw={550}>
          {row.number}
        </Anchor>
      ),
    },
    { key: "month", nowrap: true, title: t("finance.month"), cell: (row) => monthText(row.month), wideOnly: true },
    { key: "issuer", title: t("finance.issuer"), cell: (row) => row.issuer.name, wideOnly: true },
    { key: "supplier", title: t("finance.supplier"), cell: (row) => row.supplier.name },
    { key: "issued", nowrap: true, title: t("finance.issued-on"), cell: (row) => dayText(row.issuedOn), wideOnly: true },
    { key: "net", title: t("finance.net"), cell: (row) => <Amount money={row.net} />, numeric: true, wideOnly: true },
    { key: "vat", title: t("finance.vat"), cell: (row) => <Amount money={row.vat} />, numeric: true, wideOnly: true },
    { key: "gross", title: t("finance.gross"), cell: (row) => <Amount money={row.gross} strong />, numeric: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.settlement === "open" ? "issued" : row.settlement} /> },
    { key: "files", title: "", cell: (row) => <FileButtons document={row.id} />, wideOnly: true },
  ];
}

export function FileButtons({ document }: { readonly document: Row["id"] }) {
  return (
    <Group gap={4} wrap="nowrap">
      {(["pdf", "xml"] as const).map((format) => (
        <Button
          key={format}
          size="compact-xs"
          variant="default"
          onClick={() => void download(downloadDocument, { params: { documentId: document, format } }).catch(toastProblem)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Group>
  );
}

/** Amounts of closed months that have no document yet, each with what is missing. */
function WaitingStatements() {
  const t = useText();
  const waiting = useApi(listWaitingStatements);
  if (!waiting.data || waiting.data.rows.length === 0) return null;
  const columns: readonly Column<Waiting>[] = [
    { key: "supplier", title: t("finance.supplier"), cell: (row) => row.supplier.name },
    { key: "issuer", title: t("finance.issuer"), cell: (row) => row.issuer.name, wideOnly: true },
    { key: "since", nowrap: true, title: t("finance.since"), cell: (row) => monthText(row.since), wideOnly: true },
    { key: "net", title: t("finance.net"), cell: (row) => <Amount money={row.net} />, numeric: true },
    { key: "why", title: t("finance.why-not"), cell: (row) => <WaitingReasons reasons={row.reasons} /> },
  ];
  return (
    <Card title={t("finance.waiting")} hint={t("finance.waiting-hint")} flush>
      <DataTable
        label={t("finance.waiting")}
        rows={waiting.data.rows}
        columns={columns}
        rowId={(row) => row.issuer.id + row.supplier.id + row.net.currency}
        empty={null}
      />
    </Card>
  );
}
