import type { PayoutId, PayoutRunId } from "@biotop/kernel";
import { cancelPayoutRun, downloadPayoutFile, getPayoutRun, markManualTransferPaid } from "@biotop/wire";
import { Alert, Anchor, Button, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Answer, download } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone, toastProblem } from "../../ui/toast.ts";
import { ApproveRunButton } from "./approve-run-button.tsx";

type Run = Answer<typeof getPayoutRun>;
type Line = Run["lines"][number];

export function PayoutRunPage() {
  const { runId } = useParams({ strict: false }) as { readonly runId: PayoutRunId };
  const run = useApi(getPayoutRun, { params: { runId } });
  return <QueryView query={run}>{(found) => <RunView run={found} />}</QueryView>;
}

function RunView({ run }: { readonly run: Run }) {
  const t = useText();
  return (
    <Page
      title={t("finance.run-title", { date: dateTimeText(run.createdAt) })}
      badge={<StateBadge state={run.state} />}
      lead={t(`finance.rail-${run.rail}-hint`)}
      crumbs={[{ label: t("nav.finance"), to: "/finance" }]}
      actions={<RunActions run={run} />}
    >
      {run.isApprovedAlone && <Alert color="amber">{t("finance.approved-alone")}</Alert>}
      {run.state === "draft" && !run.can.approve && <Alert color="blue">{t("finance.other-approves")}</Alert>}
      <Card>
        <Facts
          facts={[
            { label: t("finance.total"), value: <Amount money={run.total} strong /> },
            { label: t("finance.payouts"), value: run.payouts },
            { label: t("finance.created-by"), value: run.isPreparedBySystem ? t("finance.by-system") : (run.createdBy?.name ?? "–") },
            {
              label: t("finance.approved-by"),
              value: run.approvedBy ? `${run.approvedBy.name}, ${run.approvedAt ? dateTimeText(run.approvedAt) : ""}` : "–",
            },
            { label: t("finance.exported-at"), value: run.exportedAt ? dateTimeText(run.exportedAt) : "–" },
            { label: "SHA-256", value: <span className="mono">{run.hash}</span> },
          ]}
        />
      </Card>
      <Card title={t("finance.payouts")} flush>
        <RunLines run={run} />
      </Card>
    </Page>
  );
}

function RunActions({ run }: { readonly run: Run }) {
  const t = useText();
  const client = useQueryClient();
  const [isLoading, setIsLoading] = useState(false);
  const cancel = useSend(cancelPayoutRun, { onDone: () => toastDone(t("finance.cancelled")) });
  const fetchFile = async () => {
    setIsLoading(true);
    await download(downloadPayoutFile, { params: { runId: run.id } }).catch(toastProblem);
    await client.invalidateQueries();
    setIsLoading(false);
  };
  return (
    <>
      {run.can.approve && <ApproveRunButton runId={run.id} />}
      {run.can.download && (
        <Button loading={isLoading} leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void fetchFile()}>
          {t(run.rail === "sepa" ? "finance.bank-file" : "finance.transfer-list")}
        </Button>
      )}
      {run.can.cancel && (
        <Button
          variant="subtle"
          color="gray"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ params: { runId: run.id } }, { onError: toastProblem })}
        >
          {t("finance.cancel-run")}
        </Button>
      )}
    </>
  );
}

function RunLines({ run }: { readonly run: Run }) {
  const t = useText();
  const columns: readonly Column<Line>[] = [
    { key: "payee", title: t("finance.payee"), cell: (row) => <b>{row.payee.name}</b> },
    {
      key: "account",
      title: t("finance.account"),
      cell: (row) => (
        <>
          <Text fz="sm">{row.accountHolder}</Text>
          <Text className="mono" c="dimmed">
            {row.account}
          </Text>
        </>
      ),
      wideOnly: true,
    },
    { key: "reference", title: t("finance.reference"), cell: (row) => row.reference, wideOnly: true },
    {
      key: "documents",
      title: t("finance.documents"),
      cell: (row) =>
        row.documents.map((document) => (
          <Anchor key={document.id} component={Link} to={`/documents/${document.id}`} fz="sm" display="block">
            {document.number}
          </Anchor>
        )),
      wideOnly: true,
    },
    {
      key: "amount",
      title: t("deal.amount"),
      cell: (row) => <Amount money={row.amount} strong />,
      numeric: true,
      footer: <Amount money={run.total} />,
    },
    {
      key: "paid",
      nowrap: true,
      title: t("list.state"),
      cell: (row) =>
        row.paidAt ? (
          <StateBadge state="paid" hint={dateTimeText(row.paidAt)} />
        ) : run.can.markPaid ? (
          <MarkPaid payout={row.id} />
        ) : (
          <StateBadge state="waiting" />
        ),
    },
  ];
  return <DataTable label={t("finance.payouts")} rows={run.lines} columns={columns} rowId={(row) => row.id} empty={null} />;
}

function MarkPaid({ payout }: { readonly payout: PayoutId }) {
  const t = useText();
  const send = useSend(markManualTransferPaid, { onDone: () => toastDone(t("finance.marked")) });
  return (
    <Button
      size="compact-xs"
      variant="light"
      loading={send.isPending}
      onClick={() => send.mutate({ params: { payoutId: payout } }, { onError: toastProblem })}
    >
      {t("finance.mark-paid")}
    </Button>
  );
}
