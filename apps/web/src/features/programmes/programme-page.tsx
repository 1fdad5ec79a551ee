import type { ProgrammeId } from "@biotop/kernel";
import { getProgramme, listOffers, updateProgramme } from "@biotop/wire";
import { Anchor, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { IconFileText, IconLink } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone } from "../../ui/toast.ts";
import { OrganisationPicker } from "../deal/party-editor.tsx";
import { HostsInput } from "./hosts-input.tsx";

type Programme = Answer<typeof getProgramme>;

export function ProgrammePage() {
  const { programmeId } = useParams({ strict: false }) as { readonly programmeId: ProgrammeId };
  const programme = useApi(getProgramme, { params: { programmeId } });
  return <QueryView query={programme}>{(found) => <ProgrammeView programme={found} />}</QueryView>;
}

function ProgrammeView({ programme }: { readonly programme: Programme }) {
  const t = useText();
  const actions = (
    <>
      {programme.can.createLink && (
        <Button
          component={Link}
          to="/links"
          search={{ focus: "new", programme: programme.id } as never}
          leftSection={<IconLink size={16} aria-hidden />}
        >
          {t("action.new-link")}
        </Button>
      )}
      {programme.can.createOffer && (
        <Button
          component={Link}
          to="/offers/new"
          search={{ programme: programme.id } as never}
          leftSection={<IconFileText size={16} aria-hidden />}
        >
          {t("action.new-offer")}
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={programme.name}
      badge={<StateBadge state={programme.state} />}
      crumbs={[{ label: t("nav.programmes"), to: "/programmes" }]}
      actions={actions}
    >
      <Card title={t("programmes.facts")}>
        <Facts
          facts={[
            { label: t("programmes.merchant"), value: programme.orgName },
            {
              label: t("programmes.home"),
              value: (
                <Anchor href={programme.homeUrl} target="_blank" rel="noreferrer" fz="sm">
                  {programme.homeUrl}
                </Anchor>
              ),
            },
            { label: t("programmes.hosts"), value: programme.hosts.join(", ") },
            { label: t("programmes.currency"), value: programme.currency },
            { label: t("organisation.time-zone"), value: programme.timeZone },
            { label: t("programmes.consent"), value: t(`programmes.consent-${programme.consentPolicy}`) },
            {
              label: t("programmes.contract"),
              value: programme.contract ? (
                <Anchor component={Link} to={`/contracts/${programme.contract}`} fz="sm">
                  {t("programmes.contract-open")}
                </Anchor>
              ) : (
                "–"
              ),
            },
          ]}
        />
      </Card>
      <ProgrammeOffers programme={programme} />
      {programme.can.edit && programme.can.propose && <ProposeTo programme={programme} />}
      {programme.can.edit && <EditProgramme programme={programme} />}
    </Page>
  );
}

function ProgrammeOffers({ programme }: { readonly programme: Programme }) {
  const t = useText();
  const local = useLocalText();
  const offers = useApi(listOffers, { query: { programme: programme.id, limit: 100 } });
  return (
    <Card title={t("offers.offers")}>
      <QueryView query={offers}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={IconFileText} title={t("offers.empty")} text={t("offers.empty-text")} />
          ) : (
            <Stack gap="sm">
              {rows.map((offer) => (
                <Group key={offer.id} justify="space-between" gap="xs">
                  <div>
                    <Anchor component={Link} to={`/offers/${offer.id}`} fw={550} fz="sm">
                      {offer.title}
                    </Anchor>
                    <Text fz="sm" c="dimmed">
                      {local(offer.headline)}
                    </Text>
                  </div>
                  <StateBadge state={offer.state} />
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Card>
  );
}

/** A merchant need not wait: it can write to any organisation of the instance with terms of its own. */
function ProposeTo({ programme }: { readonly programme: Programme }) {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Card title={t("programmes.propose")} hint={t("programmes.propose-hint")}>
      <OrganisationPicker
        label={t("partners.partner")}
        exclude={[programme.org]}
        onPick={(partner, partnerName) =>
          void navigate({ to: "/proposals/new", search: { programme: programme.id, partner, partnerName } as never })
        }
      />
    </Card>
  );
}

function EditProgramme({ programme }: { readonly programme: Programme }) {
  const t = useText();
  const [hosts, setHosts] = useState<readonly string[]>(programme.hosts);
  const [state, setState] = useState(programme.state);
  const [consentPolicy, setConsentPolicy] = useState(programme.consentPolicy);
  const send = useSend(updateProgramme, { onDone: () => toastDone(t("form.saved")) });
  return (
    <Card title={t("programmes.edit")}>
      <Stack gap="sm" maw={560}>
        <HostsInput value={hosts} onChange={setHosts} />
        <NativeSelect
          label={t("programmes.consent")}
          value={consentPolicy}
          onChange={(event) => setConsentPolicy(event.currentTarget.value === "assumed" ? "assumed" : "strict")}
          data={[
            { value: "strict", label: t("programmes.consent-strict") },
            { value: "assumed", label: t("programmes.consent-assumed") },
          ]}
        />
        <NativeSelect
          label={t("list.state")}
          value={state}
          onChange={(event) => setState(event.currentTarget.value === "paused" ? "paused" : "active")}
          data={[
            { value: "active", label: t("state.active") },
            { value: "paused", label: t("state.paused") },
          ]}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Button
          w="fit-content"
          loading={send.isPending}
          onClick={() => send.mutate({ params: { programmeId: programme.id }, body: { hosts, state, consentPolicy } })}
        >
          {t("form.save")}
        </Button>
      </Stack>
    </Card>
  );
}
