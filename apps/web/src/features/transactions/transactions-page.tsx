import { listTransactions } from "@biotop/wire";
import { Stack } from "@mantine/core";
import { IconShoppingCart } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { usePagedApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { SummaryTiles } from "./summary-tiles.tsx";
import { useTransactionColumns } from "./transaction-columns.tsx";
import { compactSearch, filterQuery, isFiltered, type TransactionFilter, transactionFilter } from "./transaction-filter.ts";

const pageRows = 50;

export function TransactionsPage() {
  const t = useText();
  const navigate = useNavigate();
  const filter = transactionFilter(useSearch({ strict: false }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const setFilter = (next: TransactionFilter) => {
    setChosen(new Set());
    void navigate({ to: "/transactions", search: compactSearch(next) as never, replace: true });
  };
  return (
    <Page title={t("nav.transactions")} lead={t("transactions.lead")}>
      <SummaryTiles filter={filter} onFilter={setFilter} />
      <Card flush>
        <Stack gap={0}>
          <FilterBar filter={filter} onChange={setFilter} />
          <TransactionList key={JSON.stringify(filter)} filter={filter} chosen={chosen} onChosen={setChosen} />
        </Stack>
      </Card>
    </Page>
  );
}

type ListProps = {
  readonly filter: TransactionFilter;
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (ids: ReadonlySet<string>) => void;
};

function TransactionList({ filter, chosen, onChosen }: ListProps) {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const query = filterQuery(filter);
  const transactions = usePagedApi(listTransactions, { query: { ...query, limit: pageRows } });
  const rows = transactions.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = useTransactionColumns(rows);
  const canValidate = may("transactions:validate") && rows.some((row) => row.can.approve || row.can.decline);
  return (
    <QueryView query={transactions}>
      {({ pages }) => (
        <>
          {canValidate && (
            <BulkBar
              rows={rows}
              total={pages[0]?.total}
              hasMore={transactions.hasNextPage}
              filter={query}
              chosen={chosen}
              onChosen={onChosen}
            />
          )}
          <DataTable
            label={t("nav.transactions")}
            rows={rows}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/transactions/${row.id}` })}
            {...(canValidate ? { selection: { ids: chosen, change: onChosen } } : {})}
            more={
              transactions.hasNextPage
                ? { load: () => void transactions.fetchNextPage(), isLoading: transactions.isFetchingNextPage }
                : undefined
            }
            empty={
              <EmptyState
                icon={IconShoppingCart}
                title={t(isFiltered(filter) ? "transactions.none-match" : "transactions.empty")}
                text={t(isFiltered(filter) ? "transactions.none-match-text" : "transactions.empty-text")}
              />
            }
          />
        </>
      )}
    </QueryView>
  );
}
