import type { Currency, OrgId, ProgrammeId, ProposalId } from "@biotop/kernel";
import { counterProposal, openProposal } from "@biotop/wire";
import { Button, Grid, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowRight, IconDeviceFloppy } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { toastDone } from "../../ui/toast.ts";
import type { NamedParty } from "../deal/party-editor.tsx";
import type { TermsDraft } from "../deal/terms-draft.ts";
import { TermsEditor } from "../deal/terms-editor.tsx";
import { TermsPreview } from "../deal/terms-preview.tsx";

export type EditorTarget =
  | { readonly kind: "new"; readonly origin: Readonly<Record<string, string>> }
  | { readonly kind: "turn"; readonly proposal: ProposalId; readonly turn: number };

type Props = {
  readonly target: EditorTarget;
  readonly programme: ProgrammeId;
  readonly shopCurrency: Currency;
  readonly startTerms: TermsDraft;
  readonly startParties: readonly NamedParty[];
  readonly startMessage?: string;
  /** What the next turn is compared with; the start itself when absent. */
  readonly against?: TermsDraft;
  readonly onClose?: () => void;
};

/** Writes a turn: terms on the left, how they read and what they change on the right, then hand over. */
export function ProposalEditor(props: Props) {
  const { programme, shopCurrency, startTerms, startParties, startMessage, against } = props;
  const t = useText();
  const [terms, setTerms] = useState(startTerms);
  const [parties, setParties] = useState(startParties);
  const [message, setMessage] = useState(startMessage ?? "");
  const locked = new Set<OrgId>(
    startParties.filter((party) => party.roles.includes("payer") || party.roles.includes("earner")).map((party) => party.org),
  );
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md">
          <TermsEditor
            value={terms}
            parties={parties}
            lockedParties={locked}
            shopCurrency={shopCurrency}
            onChange={setTerms}
            onParties={setParties}
          />
          <Card>
            <Stack gap="sm">
              <Textarea
                label={t("proposal.message")}
                placeholder={t("proposal.message-hint")}
                autosize
                minRows={2}
                value={message}
                onChange={(event) => setMessage(event.currentTarget.value)}
              />
              <HandOver {...props} terms={terms} parties={parties} message={message} />
            </Stack>
          </Card>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <TermsPreview programme={programme} terms={terms} parties={parties} against={against ?? startTerms} />
      </Grid.Col>
    </Grid>
  );
}

type HandOverProps = Props & { readonly terms: TermsDraft; readonly parties: readonly NamedParty[]; readonly message: string };

function HandOver({ target, terms, parties, message, onClose }: HandOverProps) {
  const t = useText();
  const navigate = useNavigate();
  const [handsOver, setHandsOver] = useState(true);
  const done = (proposal: { readonly id: string }) => {
    toastDone(t(handsOver ? "proposal.handed-over" : "proposal.saved"));
    onClose?.();
    void navigate({ to: `/proposals/${proposal.id}` });
  };
  const open = useSend(openProposal, { onDone: done });
  const counter = useSend(counterProposal, { onDone: done });
  const send = (handOver: boolean) => {
    setHandsOver(handOver);
    const body = { terms, message, handOver, parties: parties.map(({ org, roles, signatory }) => ({ org, roles, signatory })) };
    if (target.kind === "new") open.mutate({ body: { ...target.origin, ...body } as never });
    else counter.mutate({ params: { proposalId: target.proposal }, body: { ...body, expectedTurn: target.turn } });
  };
  const isPending = open.isPending || counter.isPending;
  const problem = open.error ?? counter.error;
  return (
    <>
      {problem && <ProblemNotice error={problem} />}
      <Group gap="xs">
        <Button onClick={() => send(true)} loading={isPending} rightSection={<IconArrowRight size={16} aria-hidden />}>
          {t("proposal.hand-over")}
        </Button>
        <Button variant="default" onClick={() => send(false)} disabled={isPending} leftSection={<IconDeviceFloppy size={16} aria-hidden />}>
          {t("proposal.save-draft")}
        </Button>
        {onClose && (
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("form.cancel")}
          </Button>
        )}
      </Group>
      <Text fz="xs" c="dimmed">
        {t("proposal.hand-over-hint")}
      </Text>
    </>
  );
}
