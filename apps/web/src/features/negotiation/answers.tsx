import { acceptProposal, declineProposal, withdrawProposal } from "@biotop/wire";
import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowsExchange, IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { toastDone } from "../../ui/toast.ts";
import type { Proposal } from "./proposal.ts";

type Props = { readonly proposal: Proposal; readonly onCounter: () => void };

/** The next move, where it is mine: accept, counter, decline; or take back what I handed over. */
export function Answers({ proposal, onCounter }: Props) {
  const t = useText();
  const { can } = proposal;
  if (!can.accept && !can.counter && !can.decline && !can.withdraw) return <Waiting proposal={proposal} />;
  return (
    <Card title={t(can.accept ? "proposal.your-move" : "proposal.their-move")} hint={t("proposal.your-move-hint")}>
      <Stack gap="sm">
        {proposal.draft && <Text fz="sm">{t("proposal.has-draft")}</Text>}
        <Group gap="xs">
          {can.accept && <AcceptButton proposal={proposal} />}
          {can.counter && (
            <Button variant="default" leftSection={<IconArrowsExchange size={16} aria-hidden />} onClick={onCounter}>
              {t(proposal.draft ? "proposal.go-on" : "proposal.counter")}
            </Button>
          )}
          {can.decline && <EndButton proposal={proposal} end="decline" />}
          {can.withdraw && <EndButton proposal={proposal} end="withdraw" />}
        </Group>
      </Stack>
    </Card>
  );
}

function Waiting({ proposal }: { readonly proposal: Proposal }) {
  const t = useText();
  if (proposal.state !== "open") return null;
  const names = proposal.parties.filter((party) => proposal.turnOf.includes(party.org)).map((party) => party.name);
  return (
    <Card title={t("proposal.their-move")}>
      <Text fz="sm">{t("proposal.waiting-for", { names: names.join(", ") })}</Text>
    </Card>
  );
}

function AcceptButton({ proposal }: { readonly proposal: Proposal }) {
  const t = useText();
  const [isOpen, dialog] = useDisclosure(false);
  const send = useSend(acceptProposal, {
    onDone: (answer) => {
      dialog.close();
      toastDone(t(answer.state === "accepted" ? "proposal.concluded" : "proposal.accepted"));
    },
  });
  const hasError = proposal.findings.some((finding) => finding.severity === "error");
  return (
    <>
      <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={dialog.open} disabled={hasError || !proposal.hash}>
        {t("proposal.accept")}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={t("proposal.accept-title")}>
        <Stack gap="sm">
          <Text fz="sm">{t("proposal.accept-text", { no: proposal.turn })}</Text>
          <Text className="mono" c="dimmed">
            {proposal.hash}
          </Text>
          {send.error && <ProblemNotice error={send.error} />}
          <Button
            loading={send.isPending}
            onClick={() => {
              if (proposal.hash)
                send.mutate({ params: { proposalId: proposal.id }, body: { expectedTurn: proposal.turn, hash: proposal.hash } });
            }}
          >
            {t("proposal.accept-confirm")}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}

type EndProps = { readonly proposal: Proposal; readonly end: "decline" | "withdraw" };

function EndButton({ proposal, end }: EndProps) {
  const t = useText();
  const [isOpen, dialog] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const options = { onDone: dialog.close };
  const decline = useSend(declineProposal, options);
  const withdraw = useSend(withdrawProposal, options);
  const send = end === "decline" ? decline : withdraw;
  return (
    <>
      <Button variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={dialog.open}>
        {t(`proposal.${end}`)}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={t(`proposal.${end}-title`)}>
        <Stack gap="sm">
          <Text fz="sm">{t(`proposal.${end}-text`)}</Text>
          <Textarea
            label={t("proposal.reason")}
            description={t("form.optional")}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {send.error && <ProblemNotice error={send.error} />}
          <Button
            color="red"
            loading={send.isPending}
            onClick={() => send.mutate({ params: { proposalId: proposal.id }, body: { expectedTurn: proposal.turn, reason } })}
          >
            {t(`proposal.${end}-confirm`)}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
