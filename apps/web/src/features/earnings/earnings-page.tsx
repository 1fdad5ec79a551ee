import { getEarnings } from "@biotop/wire";
import { Alert, Anchor, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useApi } from "../../api/use-api.ts";
import { dateText, dayText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { WaitingReasons } from "../finance/waiting-reasons.tsx";
import classes from "./earnings-page.module.css";

type Earnings = Answer<typeof getEarnings>;

/** Open → approved → payable → paid, and for each amount why it is not further yet. */
export function EarningsPage() {
  const t = useText();
  const earnings = useApi(getEarnings);
  return (
    <Page title={t("nav.earnings")} lead={t("earnings.lead")}>
      <QueryView query={earnings}>
        {(found) => (
          <Stack gap="md">
            {found.totals.length === 0 ? (
              <Card>
                <EmptyState icon={IconCoins} title={t("earnings.empty")} text={t("earnings.empty-text")} />
              </Card>
            ) : (
              found.totals.map((total) => <Totals key={total.open.currency} total={total} />)
            )}
            <NotYet rows={found.rows} />
            <Payouts payouts={found.payouts} />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

const steps = ["open", "approved", "payable", "paid"] as const;

function Totals({ total }: { readonly total: Earnings["totals"][number] }) {
  const t = useText();
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
      {steps.map((step) => (
        <Paper key={step} withBorder className={classes["tile"] ?? ""} component="section" aria-label={t(`earnings.${step}`)}>
          <StateBadge state={step} />
          <div className={classes["value"]}>
            <Amount money={total[step]} />
          </div>
          <Text fz="xs" c="dimmed">
            {t(`earnings.${step}-hint`)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

function NotYet({ rows }: { readonly rows: Earnings["rows"] }) {
  const t = useText();
  const columns: readonly Column<Earnings["rows"][number]>[] = [
    { key: "payer", title: t("earnings.payer"), cell: (row) => <b>{row.payer.name}</b> },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
    { key: "amount", title: t("deal.amount"), cell: (row) => <Amount money={row.amount} strong />, numeric: true },
    {
      key: "expected",
      title: t("earnings.expected"),
      cell: (row) => (row.expectedOn ? dayText(row.expectedOn) : t("earnings.unknown")),
      wideOnly: true,
    },
    {
      key: "why",
      title: t("earnings.why-not"),
      cell: (row) => (
        <>
          {row.document && (
            <Anchor component={Link} to={`/documents/${row.document.id}`} fz="xs">
              {row.document.number}
            </Anchor>
          )}
          <WaitingReasons reasons={row.waiting} />
        </>
      ),
    },
  ];
  if (rows.length === 0) return null;
  return (
    <Card title={t("earnings.not-yet")} hint={t("earnings.not-yet-hint")} flush>
      <DataTable
        label={t("earnings.not-yet")}
        rows={rows}
        columns={columns}
        rowId={(row) => `${row.payer.id}${row.state}${row.amount.currency}${row.document?.id ?? ""}`}
        empty={null}
      />
    </Card>
  );
}

function Payouts({ payouts }: { readonly payouts: Earnings["payouts"] }) {
  const t = useText();
  const columns: readonly Column<Earnings["payouts"][number]>[] = [
    { key: "paid", nowrap: true, title: t("earnings.paid-on"), cell: (row) => dateText(row.paidAt) },
    { key: "payer", title: t("earnings.payer"), cell: (row) => row.payer.name },
    {
      key: "documents",
      title: t("finance.documents"),
      cell: (row) =>
        row.documents.map((document) => (
          <Anchor key={document.id} component={Link} to={`/documents/${document.id}`} fz="sm" mr={6}>
            {document.number}
          </Anchor>
        )),
      wideOnly: true,
    },
    { key: "amount", title: t("deal.amount"), cell: (row) => <Amount money={row.amount} strong />, numeric: true },
  ];
  if (payouts.length === 0) return null;
  return (
    <Stack gap="xs">
      {payouts.some((payout) => payout.isApprovedAlone) && <Alert color="amber">{t("finance.approved-alone")}</Alert>}
      <Card title={t("earnings.payouts")} flush>
        <DataTable label={t("earnings.payouts")} rows={payouts} columns={columns} rowId={(row) => row.id} empty={null} />
      </Card>
    </Stack>
  );
}
