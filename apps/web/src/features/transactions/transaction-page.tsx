import type { ConversionId } from "@biotop/kernel";
import { getTransaction } from "@biotop/wire";
import { Anchor, Button, Grid, Stack } from "@mantine/core";
import { IconCheck, IconPlayerPause, IconX } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useApi } from "../../api/use-api.ts";
import { dateText, dateTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Decision, DecisionDialog } from "./decision-dialog.tsx";
import { Journey } from "./journey.tsx";
import { LedgerLines } from "./ledger-lines.tsx";
import { LifeLine } from "./life-line.tsx";
import { Positions } from "./positions.tsx";
import type { Transaction } from "./transaction.ts";
import { ValidationBadge } from "./transaction-columns.tsx";
import { WhyThisAmount } from "./why-this-amount.tsx";

export function TransactionPage() {
  const { transactionId } = useParams({ strict: false }) as { readonly transactionId: ConversionId };
  const transaction = useApi(getTransaction, { params: { transactionId } });
  return <QueryView query={transaction}>{(found) => <TransactionView transaction={found} />}</QueryView>;
}

/** One sale from the first click to the last cent: what happened, who brought it, why this amount, where it is booked. */
function TransactionView({ transaction }: { readonly transaction: Transaction }) {
  const t = useText();
  return (
    <Page
      title={t("transactions.order-title", { order: transaction.orderId })}
      badge={
        <>
          <ValidationBadge row={transaction} />
          <StateBadge state={transaction.settlement} />
        </>
      }
      lead={`${transaction.programme.name} · ${dateTimeText(transaction.occurredAt)}`}
      crumbs={[{ label: t("nav.transactions"), to: "/transactions" }]}
      actions={<Decisions transaction={transaction} />}
    >
      <Card>
        <KeyFacts transaction={transaction} />
      </Card>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="md">
            <WhyThisAmount transaction={transaction} />
            <Positions transaction={transaction} />
            <LedgerLines lines={transaction.ledger} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <Journey clicks={transaction.journey} pricing={transaction.pricing} />
            <LifeLine transaction={transaction} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function KeyFacts({ transaction }: { readonly transaction: Transaction }) {
  const t = useText();
  const local = useLocalText();
  const { contract, exchange, reason, pricingReason } = transaction;
  return (
    <Facts
      facts={[
        { label: t("transactions.value"), value: <Amount money={transaction.value} strong /> },
        ...(transaction.reportedValue.minor === transaction.value.minor
          ? []
          : [{ label: t("transactions.reported"), value: <Amount money={transaction.reportedValue} /> }]),
        ...(transaction.cost ? [{ label: t("transactions.cost"), value: <Amount money={transaction.cost} strong /> }] : []),
        ...(transaction.earned ? [{ label: t("transactions.earned"), value: <Amount money={transaction.earned} strong /> }] : []),
        { label: t("partners.partner"), value: transaction.partner?.name ?? t("transactions.no-partner") },
        { label: t("programmes.merchant"), value: transaction.merchant.name },
        {
          label: t("transactions.contract"),
          value: contract ? (
            <Anchor
              component={Link}
              to={`/contracts/${contract.id}`}
              search={{ tab: "versions", version: contract.version } as never}
              fz="sm"
            >
              {t("transactions.contract-version", { no: contract.no })}
            </Anchor>
          ) : (
            "–"
          ),
        },
        ...(exchange
          ? [
              {
                label: t("transactions.exchange"),
                value: `1 ${exchange.from} = ${exchange.rate} ${exchange.to} (${dateText(`${exchange.date}T12:00:00.000Z` as never)})`,
              },
            ]
          : []),
        ...(transaction.deadline ? [{ label: t("transactions.deadline"), value: dateText(transaction.deadline) }] : []),
        ...(reason ? [{ label: t("transactions.reason"), value: local(reason.text) }] : []),
        ...(pricingReason ? [{ label: t("transactions.pricing"), value: local(pricingReason.text) }] : []),
      ]}
    />
  );
}

function Decisions({ transaction }: { readonly transaction: Transaction }) {
  const t = useText();
  const [decision, setDecision] = useState<Decision>();
  const { can } = transaction;
  const close = () => setDecision(undefined);
  return (
    <>
      {can.approve && (
        <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={() => setDecision("approve")}>
          {t("transactions.approve")}
        </Button>
      )}
      {can.decline && (
        <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={() => setDecision("decline")}>
          {t("transactions.decline")}
        </Button>
      )}
      {can.hold && (
        <Button variant="subtle" color="gray" leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => setDecision("hold")}>
          {t("transactions.hold")}
        </Button>
      )}
      {decision && (
        <DecisionDialog
          decision={decision}
          target={{ kind: "ids", ids: [transaction.id], rows: [transaction] }}
          onClose={close}
          onDone={close}
        />
      )}
    </>
  );
}
