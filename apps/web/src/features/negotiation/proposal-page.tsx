import type { ProposalId } from "@biotop/kernel";
import { getProposal } from "@biotop/wire";
import { Alert, Anchor, Grid, Stack, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useMembership } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { others, ProposalState } from "../contracts/contracts-page.tsx";
import { ChangeList } from "../deal/change-list.tsx";
import { DealText } from "../deal/deal-text.tsx";
import { Findings } from "../deal/findings.tsx";
import type { NamedParty } from "../deal/party-editor.tsx";
import { draftOf } from "../deal/terms-draft.ts";
import { Answers } from "./answers.tsx";
import { PartyStates } from "./party-states.tsx";
import type { Proposal } from "./proposal.ts";
import { ProposalEditor } from "./proposal-editor.tsx";
import { Turns } from "./turns.tsx";

const refetchMs = 20_000;

/** The negotiation: what stands, what the last turn changed, whose move it is, and every turn before. */
export function ProposalPage() {
  const { proposalId } = useParams({ strict: false }) as { readonly proposalId: ProposalId };
  const [isEditing, setIsEditing] = useState(false);
  const proposal = useApi(getProposal, { params: { proposalId } }, isEditing ? {} : { refetchMs });
  return (
    <QueryView query={proposal}>
      {(found) => <ProposalView key={found.id} proposal={found} isEditing={isEditing} onEdit={setIsEditing} />}
    </QueryView>
  );
}

type ViewProps = { readonly proposal: Proposal; readonly isEditing: boolean; readonly onEdit: (isEditing: boolean) => void };

function ProposalView({ proposal, isEditing, onEdit }: ViewProps) {
  const t = useText();
  const local = useLocalText();
  const own = useMembership();
  return (
    <Page
      title={`${others(proposal.parties, own?.id)} × ${proposal.programmeName}`}
      lead={`${t(proposal.isAmendment ? "proposal.amendment" : "proposal.partnership")} · ${t("proposal.turn", { no: proposal.turn })} · ${local(proposal.headline)}`}
      badge={<ProposalState proposal={proposal} />}
      crumbs={[{ label: t("nav.contracts"), to: "/contracts" }]}
    >
      <Outcome proposal={proposal} />
      {isEditing ? (
        <ProposalEditor
          target={{ kind: "turn", proposal: proposal.id, turn: proposal.turn }}
          programme={proposal.programme}
          shopCurrency={proposal.shopCurrency}
          startTerms={draftOf(proposal.draft?.terms ?? proposal.terms)}
          startParties={namedParties(proposal)}
          startMessage={proposal.draft?.message ?? ""}
          against={draftOf(proposal.terms)}
          onClose={() => onEdit(false)}
        />
      ) : (
        <ReadView proposal={proposal} onCounter={() => onEdit(true)} />
      )}
    </Page>
  );
}

function ReadView({ proposal, onCounter }: { readonly proposal: Proposal; readonly onCounter: () => void }) {
  const t = useText();
  const last = proposal.turns.at(-1);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md">
          <Answers proposal={proposal} onCounter={onCounter} />
          <Findings findings={proposal.findings} />
          {last && (
            <Card title={t("proposal.changed-by", { name: last.byName })}>
              <ChangeList changes={last.changes} />
            </Card>
          )}
          <Card title={t("deal.preview")}>
            <DealText text={proposal.text} />
          </Card>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <Card title={t("proposal.parties")}>
            <PartyStates proposal={proposal} />
          </Card>
          <Card title={t("proposal.history")}>
            <Turns turns={proposal.turns} />
          </Card>
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Outcome({ proposal }: { readonly proposal: Proposal }) {
  const t = useText();
  if (proposal.state === "accepted")
    return (
      <Alert color="moss" title={t("proposal.concluded")}>
        {proposal.contract && (
          <Anchor component={Link} to={`/contracts/${proposal.contract}`} fz="sm">
            {t("proposal.open-contract")}
          </Anchor>
        )}
      </Alert>
    );
  if (proposal.state === "open" || proposal.state === "draft") return null;
  return (
    <Alert color="gray" title={t("proposal.closed")}>
      {proposal.closedReason && <Text fz="sm">{proposal.closedReason}</Text>}
    </Alert>
  );
}

/** Parties of one's own draft, with the names that the proposal knows. */
function namedParties(proposal: Proposal): readonly NamedParty[] {
  const names = new Map(proposal.parties.map((party) => [party.org, party.name]));
  const source = proposal.draft?.parties ?? proposal.parties;
  return source.map(({ org, roles, signatory }) => ({ org, roles: [...roles], signatory, name: names.get(org) ?? org }));
}
