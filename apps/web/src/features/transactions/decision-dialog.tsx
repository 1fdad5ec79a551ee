import { type ConversionId, type Money, sum } from "@biotop/kernel";
import { declineReasons, getDealVocabulary, validateTransactions } from "@biotop/wire";
import { Alert, Button, List, Modal, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { countText, moneyText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { toastDone } from "../../ui/toast.ts";
import type { TransactionRow } from "./transaction-columns.tsx";
import type { filterQuery } from "./transaction-filter.ts";

export type Decision = "approve" | "decline" | "hold" | "release";

export type Target =
  | { readonly kind: "ids"; readonly ids: readonly ConversionId[]; readonly rows: readonly TransactionRow[] }
  | { readonly kind: "filter"; readonly filter: ReturnType<typeof filterQuery>; readonly count: number | undefined };

type Reason = (typeof declineReasons)[number];
type Outcome = Answer<typeof validateTransactions>;

type Props = { readonly decision: Decision; readonly target: Target; readonly onClose: () => void; readonly onDone: () => void };

/** Names the consequence in the button: how many, how much. A decline names its reason. */
export function DecisionDialog({ decision, target, onClose, onDone }: Props) {
  const t = useText();
  const [reason, setReason] = useState<Reason>("cancelled");
  const [outcome, setOutcome] = useState<Outcome>();
  const send = useSend(validateTransactions, {
    onDone: (answer) => {
      toastDone(t("transactions.decided", { count: answer.changed }));
      if (answer.refused.length === 0) onDone();
      else setOutcome(answer);
    },
  });
  const body = {
    ...(target.kind === "ids" ? { ids: [...target.ids] } : { filter: target.filter }),
    decision,
    ...(decision === "decline" ? { reason } : {}),
  };
  return (
    <Modal opened onClose={outcome ? onDone : onClose} title={t(`transactions.${decision}-title`)}>
      <Stack gap="sm">
        <Text fz="sm">{t(`transactions.${decision}-text`)}</Text>
        {decision === "decline" && <ReasonChoice value={reason} onChange={setReason} />}
        {outcome ? (
          <Refusals outcome={outcome} />
        ) : (
          <Button color={decision === "decline" ? "red" : "moss"} loading={send.isPending} onClick={() => send.mutate({ body })}>
            <Consequence decision={decision} target={target} />
          </Button>
        )}
        {send.error && <ProblemNotice error={send.error} />}
      </Stack>
    </Modal>
  );
}

function Consequence({ decision, target }: { readonly decision: Decision; readonly target: Target }) {
  const t = useText();
  if (target.kind === "filter")
    return (
      <>
        {target.count === undefined
          ? t(`transactions.${decision}-all`)
          : t(`transactions.${decision}-count`, { count: countText(target.count) })}
      </>
    );
  const amounts = totalsOf(target.rows.flatMap((row) => (row.cost ? [row.cost] : [])));
  const words = t(`transactions.${decision}-count`, { count: countText(target.ids.length) });
  return <>{[words, ...amounts.map(moneyText)].join(" · ")}</>;
}

function totalsOf(amounts: readonly Money[]): readonly Money[] {
  const currencies = [...new Set(amounts.map((amount) => amount.currency))];
  return currencies.map((currency) =>
    sum(
      currency,
      amounts.filter((amount) => amount.currency === currency),
    ),
  );
}

function ReasonChoice({ value, onChange }: { readonly value: Reason; readonly onChange: (reason: Reason) => void }) {
  const t = useText();
  const local = useLocalText();
  const vocabulary = useApi(getDealVocabulary);
  const label = (code: string) => {
    const known = vocabulary.data?.declineReasons.find((each) => each.code === code);
    return known ? local(known.label) : code;
  };
  return (
    <NativeSelect
      label={t("transactions.reason")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Reason)}
      data={declineReasons.map((code) => ({ value: code, label: label(code) }))}
    />
  );
}

function Refusals({ outcome }: { readonly outcome: Outcome }) {
  const t = useText();
  const local = useLocalText();
  const reasons = new Map<string, number>();
  for (const refused of outcome.refused) reasons.set(local(refused.text), (reasons.get(local(refused.text)) ?? 0) + 1);
  return (
    <Alert color="orange" title={t("transactions.refused", { count: outcome.refused.length })}>
      <List fz="sm">
        {[...reasons].map(([text, count]) => (
          <List.Item key={text}>
            {countText(count)} × {text}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
