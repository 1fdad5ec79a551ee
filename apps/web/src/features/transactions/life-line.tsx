import { Group, Text, Timeline } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { preciseTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import type { MessageKey } from "../../i18n/message-key.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import type { Transaction } from "./transaction.ts";

type Change = Transaction["changes"][number];

const opWords: Readonly<Record<string, MessageKey>> = {
  report: "change.report",
  approve: "change.approve",
  decline: "change.decline",
  return: "change.return",
  amount: "change.amount",
  hold: "change.hold",
  release: "change.release",
  attribute: "change.attribute",
};

const sourceWords: Readonly<Record<string, MessageKey>> = {
  api: "change.by-api",
  hand: "change.by-hand",
  deadline: "change.by-deadline",
  system: "change.by-system",
};

/** What happened to the sale, when, by what, and what it did to the cost. */
export function LifeLine({ transaction }: { readonly transaction: Transaction }) {
  const t = useText();
  return (
    <Card title={t("transactions.life-line")}>
      <Timeline bulletSize={14} lineWidth={2} active={transaction.changes.length + 1}>
        <Timeline.Item
          title={
            <Text fz="sm" fw={600} component="span">
              {t("change.report")}
            </Text>
          }
        >
          <Text fz="xs" c="dimmed">
            {preciseTimeText(transaction.receivedAt)}
          </Text>
        </Timeline.Item>
        {transaction.changes.map((change) => (
          <Timeline.Item key={change.no} title={<ChangeTitle change={change} />}>
            <ChangeBody change={change} />
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}

function ChangeTitle({ change }: { readonly change: Change }) {
  const t = useText();
  const op = opWords[change.op];
  const source = sourceWords[change.source];
  return (
    <Text fz="sm" fw={600} component="span">
      {op ? t(op) : change.op}{" "}
      <Text span fz="xs" c="dimmed" fw={400}>
        {source ? t(source) : change.source}
      </Text>
    </Text>
  );
}

function ChangeBody({ change }: { readonly change: Change }) {
  const local = useLocalText();
  return (
    <>
      <Text fz="xs" c="dimmed">
        {preciseTimeText(change.at)}
      </Text>
      {change.reason && <Text fz="sm">{local(change.reason.text)}</Text>}
      {change.costBefore && change.costAfter && change.costBefore.minor !== change.costAfter.minor && (
        <Group gap={6} fz="sm">
          <Amount money={change.costBefore} />
          <IconArrowRight size={13} aria-hidden />
          <Amount money={change.costAfter} strong />
        </Group>
      )}
    </>
  );
}
