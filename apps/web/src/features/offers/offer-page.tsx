import type { OfferId } from "@biotop/kernel";
import { getOffer, openProposal, updateOffer } from "@biotop/wire";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowsExchange, IconCheck, IconUserPlus } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useMembership } from "../../api/session.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone, toastProblem } from "../../ui/toast.ts";
import { DealText } from "../deal/deal-text.tsx";

type Offer = Answer<typeof getOffer>;

export function OfferPage() {
  const { offerId } = useParams({ strict: false }) as { readonly offerId: OfferId };
  const offer = useApi(getOffer, { params: { offerId } });
  return <QueryView query={offer}>{(found) => <OfferView offer={found} />}</QueryView>;
}

function OfferView({ offer }: { readonly offer: Offer }) {
  const t = useText();
  const local = useLocalText();
  const own = useMembership();
  const further = offer.parties.filter((party) => party.org !== offer.org);
  return (
    <Page
      title={offer.title}
      lead={local(offer.headline)}
      badge={<StateBadge state={offer.state} />}
      crumbs={[{ label: t("nav.programmes"), to: "/programmes" }]}
      actions={<OfferActions offer={offer} />}
    >
      {offer.can.propose && offer.org !== own?.id && <TakeOffer offer={offer} />}
      <Card title={t("programmes.facts")}>
        <Facts
          facts={[
            { label: t("programmes.merchant"), value: offer.orgName },
            { label: t("partners.programme"), value: offer.programmeName },
            {
              label: t("offers.reach"),
              value: <Badge color={offer.isOpen ? "moss" : "gray"}>{t(offer.isOpen ? "offers.open" : "offers.invited-only")}</Badge>,
            },
            { label: t("offers.auto-accept"), value: t(offer.autoAccept ? "offers.auto-accept-on" : "offers.auto-accept-off") },
            {
              label: t("offers.parties"),
              value: further.length === 0 ? "–" : further.map((party) => party.name).join(", "),
            },
          ]}
        />
      </Card>
      <Card title={t("deal.preview")}>
        <DealText text={offer.text} />
      </Card>
    </Page>
  );
}

function OfferActions({ offer }: { readonly offer: Offer }) {
  const t = useText();
  const send = useSend(updateOffer, { onDone: () => toastDone(t("form.saved")) });
  if (!offer.can.edit) return null;
  const isPublished = offer.state === "published";
  return (
    <>
      {isPublished && (
        <Button
          component={Link}
          to="/partners/invite"
          search={{ offer: offer.id } as never}
          leftSection={<IconUserPlus size={16} aria-hidden />}
        >
          {t("action.invite-partner")}
        </Button>
      )}
      <Button
        variant="default"
        loading={send.isPending}
        onClick={() =>
          send.mutate({ params: { offerId: offer.id }, body: { state: isPublished ? "closed" : "published" } }, { onError: toastProblem })
        }
      >
        {t(isPublished ? "offers.close" : "offers.reopen")}
      </Button>
    </>
  );
}

/** The three answers to an offer: take it, propose something else, or leave. */
function TakeOffer({ offer }: { readonly offer: Offer }) {
  const t = useText();
  const navigate = useNavigate();
  const send = useSend(openProposal, { onDone: (proposal) => void navigate({ to: `/proposals/${proposal.id}` }) });
  return (
    <Card title={t("offers.answer")} hint={t(offer.autoAccept ? "offers.answer-auto" : "offers.answer-hint", { name: offer.orgName })}>
      <Stack gap="sm">
        <Group gap="xs">
          <Button
            leftSection={<IconCheck size={16} aria-hidden />}
            loading={send.isPending}
            onClick={() => send.mutate({ body: { offer: offer.id, accept: true } })}
          >
            {t("offers.accept")}
          </Button>
          <Button
            component={Link}
            to="/proposals/new"
            search={{ offer: offer.id } as never}
            variant="default"
            leftSection={<IconArrowsExchange size={16} aria-hidden />}
          >
            {t("offers.counter")}
          </Button>
        </Group>
        <Text fz="xs" c="dimmed">
          {t("offers.accept-consequence")}
        </Text>
        {send.error && <ProblemNotice error={send.error} />}
      </Stack>
    </Card>
  );
}
