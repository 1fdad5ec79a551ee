import type { AccountId } from "@biotop/kernel";
import { listBalances, listLedgerEntries } from "@biotop/wire";
import { Anchor, Stack, Text } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useApi, usePagedApi } from "../../api/use-api.ts";
import { countText, dateTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { QueryView } from "../../ui/query-view.tsx";

type Balance = Answer<typeof listBalances>["rows"][number];
type Entry = Answer<typeof listLedgerEntries>["rows"][number];

export function Balances() {
  const t = useText();
  const local = useLocalText();
  const navigate = useNavigate();
  const search: { readonly account?: AccountId } = useSearch({ strict: false });
  const balances = useApi(listBalances, { query: {} });
  const columns: readonly Column<Balance>[] = [
    { key: "account", title: t("transactions.account"), cell: (row) => <b>{local(row.label)}</b> },
    { key: "owner", title: t("transactions.of"), cell: (row) => row.owner.name, wideOnly: true },
    { key: "counterparty", title: t("finance.counterparty"), cell: (row) => row.counterparty?.name ?? "–" },
    { key: "postings", title: t("finance.postings"), cell: (row) => countText(row.postings), numeric: true, wideOnly: true },
    { key: "balance", title: t("finance.balance"), cell: (row) => <Amount money={row.balance} strong />, numeric: true },
  ];
  return (
    <Stack gap="md">
      <Card title={t("finance.balances")} hint={t("finance.balances-hint")} flush>
        <QueryView query={balances}>
          {({ rows }) => (
            <DataTable
              label={t("finance.balances")}
              rows={rows}
              columns={columns}
              rowId={(row) => row.account}
              onOpen={(row) => void navigate({ to: "/finance", search: { tab: "ledger", account: row.account } as never })}
              empty={<EmptyState icon={IconScale} title={t("finance.no-balances")} text={t("finance.no-balances-text")} />}
            />
          )}
        </QueryView>
      </Card>
      {search.account && <Entries account={search.account} />}
    </Stack>
  );
}

function Entries({ account }: { readonly account: AccountId }) {
  const t = useText();
  const local = useLocalText();
  const entries = usePagedApi(listLedgerEntries, { query: { account } });
  const columns: readonly Column<Entry>[] = [
    { key: "at", nowrap: true, title: t("transactions.booked"), cell: (row) => dateTimeText(row.effectiveAt) },
    { key: "cause", title: t("finance.cause"), cell: (row) => <Cause cause={row.cause} /> },
    {
      key: "postings",
      title: t("transactions.account"),
      cell: (row) =>
        row.postings.map((posting) => (
          <Text key={posting.account} fz="xs">
            {local(posting.label)}
          </Text>
        )),
    },
    {
      key: "amount",
      title: t("deal.amount"),
      numeric: true,
      cell: (row) =>
        row.postings.map((posting) => (
          <Text key={posting.account} fz="xs" component="div">
            <Amount money={posting.amount} />
          </Text>
        )),
    },
  ];
  return (
    <Card title={t("finance.entries")} flush>
      <QueryView query={entries}>
        {({ pages }) => (
          <DataTable
            label={t("finance.entries")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            more={entries.hasNextPage ? { load: () => void entries.fetchNextPage(), isLoading: entries.isFetchingNextPage } : undefined}
            empty={<EmptyState icon={IconScale} title={t("finance.no-balances")} />}
          />
        )}
      </QueryView>
    </Card>
  );
}

/** What caused an entry, as a way to it: the sale, the document, the payout. */
function Cause({ cause }: { readonly cause: Entry["cause"] }) {
  const to = cause.ref.startsWith("cnv_")
    ? `/transactions/${cause.ref}`
    : cause.ref.startsWith("doc_")
      ? `/documents/${cause.ref}`
      : undefined;
  if (!to) return <>{cause.kind}</>;
  return (
    <Anchor component={Link} to={to} fz="sm">
      {cause.kind}
    </Anchor>
  );
}
