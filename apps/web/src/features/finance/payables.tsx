import { listPayables } from "@biotop/wire";
import { Anchor } from "@mantine/core";
import { IconCash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useApi } from "../../api/use-api.ts";
import { dayText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { WaitingReasons } from "./waiting-reasons.tsx";

export type Payable = Answer<typeof listPayables>["rows"][number];

/** Unpaid documents: ready for the next run, or what each still waits for. */
export function Payables() {
  const t = useText();
  const payables = useApi(listPayables);
  return (
    <Card title={t("finance.tab-to-pay")} hint={t("finance.to-pay-hint")} flush>
      <QueryView query={payables}>{(found) => <PayableTable rows={found.rows} />}</QueryView>
    </Card>
  );
}

export function PayableTable({ rows }: { readonly rows: readonly Payable[] }) {
  const t = useText();
  const columns: readonly Column<Payable>[] = [
    {
      key: "number",
      nowrap: true,
      title: t("finance.number"),
      cell: (row) => (
        <Anchor component={Link} to={`/documents/${row.document}`} fz="sm" fw={550}>
          {row.number}
        </Anchor>
      ),
    },
    { key: "payee", title: t("finance.payee"), cell: (row) => row.payee.name },
    { key: "issued", nowrap: true, title: t("finance.issued-on"), cell: (row) => dayText(row.issuedOn), wideOnly: true },
    { key: "rail", title: t("finance.rail"), cell: (row) => t(`finance.rail-${row.rail}`), wideOnly: true },
    { key: "gross", title: t("finance.gross"), cell: (row) => <Amount money={row.gross} strong />, numeric: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.isReady ? "ready" : "blocked"} /> },
    { key: "why", title: t("finance.why-not"), cell: (row) => <WaitingReasons reasons={row.waiting} />, wideOnly: true },
  ];
  return (
    <DataTable
      label={t("finance.tab-to-pay")}
      rows={rows}
      columns={columns}
      rowId={(row) => row.document}
      empty={<EmptyState icon={IconCash} title={t("finance.nothing-to-pay")} text={t("finance.nothing-to-pay-text")} />}
    />
  );
}
