import { Text } from "@mantine/core";
import { dateTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import type { Transaction } from "./transaction.ts";

type Line = Transaction["ledger"][number];

export function LedgerLines({ lines }: { readonly lines: Transaction["ledger"] }) {
  const t = useText();
  const local = useLocalText();
  const columns: readonly Column<Line>[] = [
    { key: "at", nowrap: true, title: t("transactions.booked"), cell: (row) => dateTimeText(row.effectiveAt) },
    { key: "account", title: t("transactions.account"), cell: (row) => local(row.accountLabel) },
    { key: "owner", title: t("transactions.of"), cell: (row) => row.owner.name, wideOnly: true },
    {
      key: "entry",
      nowrap: true,
      title: t("transactions.entry"),
      cell: (row) => (
        <Text span className="mono" c="dimmed">
          {row.entry.slice(-8)}
          {row.reverses && ` ↺ ${row.reverses.slice(-8)}`}
        </Text>
      ),
      wideOnly: true,
    },
    { key: "amount", title: t("deal.amount"), cell: (row) => <Amount money={row.amount} />, numeric: true },
  ];
  if (lines.length === 0) return null;
  return (
    <Card title={t("transactions.ledger")} hint={t("transactions.ledger-hint")} flush>
      <DataTable
        label={t("transactions.ledger")}
        rows={lines.map((line, index) => ({ ...line, index }))}
        columns={columns}
        rowId={(row) => `${row.entry}-${(row as Line & { index: number }).index}`}
        empty={null}
      />
    </Card>
  );
}
