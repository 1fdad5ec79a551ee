import { Badge } from "@mantine/core";
import { countText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import type { Transaction } from "./transaction.ts";

type Position = Transaction["positions"][number];

export function Positions({ transaction }: { readonly transaction: Transaction }) {
  const t = useText();
  const columns: readonly Column<Position>[] = [
    { key: "index", title: "#", cell: (row) => row.index + 1 },
    { key: "sku", title: t("transactions.sku"), cell: (row) => row.sku ?? "–" },
    { key: "group", title: t("transactions.group"), cell: (row) => row.group ?? row.category ?? "–", wideOnly: true },
    {
      key: "quantity",
      title: t("transactions.quantity"),
      cell: (row) =>
        row.remaining === row.quantity ? countText(row.quantity) : `${countText(row.remaining)} / ${countText(row.quantity)}`,
      numeric: true,
    },
    { key: "net", title: t("transactions.net"), cell: (row) => <Amount money={row.remainingNet} />, numeric: true },
    {
      key: "returned",
      title: "",
      cell: (row) => row.remaining < row.quantity && <Badge color="orange">{t("transactions.returned")}</Badge>,
      wideOnly: true,
    },
  ];
  if (transaction.positions.length === 0) return null;
  return (
    <Card title={t("transactions.positions")} flush>
      <DataTable
        label={t("transactions.positions")}
        rows={transaction.positions}
        columns={columns}
        rowId={(row) => String(row.index)}
        empty={null}
      />
    </Card>
  );
}
