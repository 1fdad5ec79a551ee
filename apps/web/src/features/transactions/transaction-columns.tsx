import type { listTransactions } from "@biotop/wire";
import { Anchor, Text, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { dateText, dateTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

export type TransactionRow = Answer<typeof listTransactions>["rows"][number];

/** The columns that this organisation has something to say about: cost for who pays, earnings for who earns. */
export function useTransactionColumns(rows: readonly TransactionRow[]): readonly Column<TransactionRow>[] {
  const t = useText();
  const local = useLocalText();
  const programmes = new Set(rows.map((row) => row.programme.id));
  const pays = rows.some((row) => row.cost !== null);
  const earns = rows.some((row) => row.earned !== null);
  const columns: Column<TransactionRow>[] = [
    {
      key: "order",
      nowrap: true,
      title: t("transactions.order"),
      cell: (row) => (
        <Anchor component={Link} to={`/transactions/${row.id}`} fz="sm" fw={550}>
          {row.orderId}
        </Anchor>
      ),
    },
    { key: "at", nowrap: true, title: t("transactions.at"), cell: (row) => dateTimeText(row.occurredAt), wideOnly: true },
    { key: "partner", title: t("partners.partner"), cell: (row) => row.partner?.name ?? "–", wideOnly: true },
    ...(programmes.size > 1
      ? [{ key: "programme", title: t("partners.programme"), cell: (row: TransactionRow) => row.programme.name, wideOnly: true }]
      : []),
    { key: "value", title: t("transactions.value"), cell: (row) => <Amount money={row.value} />, numeric: true },
    ...(pays
      ? [{ key: "cost", title: t("transactions.cost"), cell: (row: TransactionRow) => <Amount money={row.cost} />, numeric: true }]
      : []),
    ...(earns
      ? [{ key: "earned", title: t("transactions.earned"), cell: (row: TransactionRow) => <Amount money={row.earned} />, numeric: true }]
      : []),
    { key: "state", title: t("list.state"), cell: (row) => <ValidationBadge row={row} /> },
    {
      key: "reason",
      title: t("transactions.reason"),
      cell: (row) => (
        <Text fz="xs" c="dimmed" maw={220}>
          {row.reason ? local(row.reason.text) : row.pricingReason ? local(row.pricingReason.text) : ""}
        </Text>
      ),
      wideOnly: true,
    },
    {
      key: "deadline",
      nowrap: true,
      title: t("transactions.deadline"),
      cell: (row) => (row.deadline ? dateText(row.deadline) : "–"),
      wideOnly: true,
    },
    { key: "settlement", title: t("transactions.settlement"), cell: (row) => <StateBadge state={row.settlement} />, wideOnly: true },
  ];
  return columns;
}

/** A sale that nobody is paid for says so; every other one shows its validation. */
export function ValidationBadge({ row }: { readonly row: Pick<TransactionRow, "pricing" | "validation" | "pricingReason"> }) {
  const local = useLocalText();
  if (row.pricing === "priced") return <StateBadge state={row.validation} />;
  const hint = row.pricingReason ? local(row.pricingReason.text) : undefined;
  return (
    <Tooltip label={hint} disabled={!hint}>
      <span>
        <StateBadge state={row.pricing} />
      </span>
    </Tooltip>
  );
}
