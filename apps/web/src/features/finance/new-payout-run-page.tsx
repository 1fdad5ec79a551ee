import type { Currency } from "@biotop/kernel";
import { createPayoutRun, listPayables, previewPayoutRun } from "@biotop/wire";
import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { moneyText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { PayableTable } from "./payables.tsx";

type Preview = Answer<typeof previewPayoutRun>;

/** See what a run would pay and what it leaves out; then draft it for somebody else to approve. */
export function NewPayoutRunPage() {
  const t = useText();
  const navigate = useNavigate();
  const search: { readonly currency?: string } = useSearch({ strict: false });
  const payables = useApi(listPayables);
  const known = payables.data ? [...new Set([...payables.data.ready, ...payables.data.waiting].map((money) => money.currency))] : [];
  const currency = search.currency ?? known[0] ?? "EUR";
  const preview = useApi(previewPayoutRun, { body: { currency } });
  return (
    <Page title={t("action.new-payout-run")} lead={t("finance.new-run-lead")} crumbs={[{ label: t("nav.finance"), to: "/finance" }]}>
      {known.length > 1 && (
        <NativeSelect
          w={160}
          label={t("deal.currency")}
          value={currency}
          onChange={(event) =>
            void navigate({ to: "/payout-runs/new", search: { currency: event.currentTarget.value } as never, replace: true })
          }
          data={known}
        />
      )}
      <QueryView query={preview}>{(found) => <PreviewView preview={found} currency={currency as Currency} />}</QueryView>
    </Page>
  );
}

function PreviewView({ preview, currency }: { readonly preview: Preview; readonly currency: Currency }) {
  const t = useText();
  const navigate = useNavigate();
  const send = useSend(createPayoutRun, { onDone: (run) => void navigate({ to: `/payout-runs/${run.id}` }) });
  const columns: readonly Column<Preview["lines"][number]>[] = [
    { key: "payee", title: t("finance.payee"), cell: (row) => row.payee.name },
    { key: "documents", title: t("finance.documents"), cell: (row) => row.documents.join(", ") },
    {
      key: "amount",
      title: t("deal.amount"),
      cell: (row) => <Amount money={row.amount} strong />,
      numeric: true,
      footer: <Amount money={preview.total} />,
    },
  ];
  return (
    <Stack gap="md">
      <Card title={t("finance.would-pay")} hint={t(`finance.rail-${preview.rail}-hint`)} flush>
        <DataTable
          label={t("finance.would-pay")}
          rows={preview.lines}
          columns={columns}
          rowId={(row) => row.payee.id}
          empty={<EmptyState title={t("finance.nothing-to-pay")} text={t("finance.nothing-to-pay-text")} />}
        />
      </Card>
      {preview.leftOut.length > 0 && (
        <Card title={t("finance.left-out")} hint={t("finance.left-out-hint")} flush>
          <PayableTable rows={preview.leftOut} />
        </Card>
      )}
      {send.error && <ProblemNotice error={send.error} />}
      {preview.lines.length > 0 && (
        <Group gap="sm">
          <Button loading={send.isPending} onClick={() => send.mutate({ body: { currency, rail: preview.rail } })}>
            {t("finance.draft-run", { count: preview.lines.length, total: moneyText(preview.total) })}
          </Button>
          <Text fz="xs" c="dimmed">
            {t("finance.draft-hint")}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
