import type { PayoutRunId } from "@biotop/kernel";
import { approvePayoutRun, getPayoutRun } from "@biotop/wire";
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { moneyText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastDone } from "../../ui/toast.ts";

type Run = Answer<typeof getPayoutRun>;
type Props = { readonly runId: string; readonly compact?: boolean };

/** The second pair of eyes: shows the sum, approves exactly the lines behind the hash. */
export function ApproveRunButton({ runId, compact }: Props) {
  const t = useText();
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button size={compact ? "compact-sm" : "sm"} leftSection={<IconCheck size={15} aria-hidden />} onClick={dialog.open}>
        {t("finance.approve")}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={t("finance.approve-title")}>
        {isOpen && <Confirm runId={runId as PayoutRunId} close={dialog.close} />}
      </Modal>
    </>
  );
}

function Confirm({ runId, close }: { readonly runId: PayoutRunId; readonly close: () => void }) {
  const run = useApi(getPayoutRun, { params: { runId } });
  return <QueryView query={run}>{(found) => <ConfirmBody run={found} close={close} />}</QueryView>;
}

function ConfirmBody({ run, close }: { readonly run: Run; readonly close: () => void }) {
  const t = useText();
  const send = useSend(approvePayoutRun, {
    onDone: () => {
      close();
      toastDone(t("finance.approved"));
    },
  });
  return (
    <Stack gap="sm">
      <Text fz="sm">{t("finance.approve-text", { name: run.createdBy?.name ?? t("finance.by-system") })}</Text>
      {send.error && <ProblemNotice error={send.error} />}
      <Button loading={send.isPending} onClick={() => send.mutate({ params: { runId: run.id }, body: { hash: run.hash } })}>
        {t("finance.approve-confirm", { count: run.payouts, total: moneyText(run.total) })}
      </Button>
    </Stack>
  );
}
