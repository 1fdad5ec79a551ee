import type { ProgrammeId } from "@biotop/kernel";
import { createOffer, listProgrammes } from "@biotop/wire";
import { Button, Checkbox, Grid, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastDone } from "../../ui/toast.ts";
import type { NamedParty } from "../deal/party-editor.tsx";
import { usualTerms } from "../deal/terms-draft.ts";
import { TermsEditor } from "../deal/terms-editor.tsx";
import { TermsPreview } from "../deal/terms-preview.tsx";

type Programme = Answer<typeof listProgrammes>["rows"][number];

export function NewOfferPage() {
  const t = useText();
  const search: { readonly programme?: ProgrammeId } = useSearch({ strict: false });
  const programmes = useApi(listProgrammes, { query: { relation: "own", limit: 200 } });
  return (
    <Page title={t("action.new-offer")} lead={t("offers.new-lead")} crumbs={[{ label: t("nav.programmes"), to: "/programmes" }]}>
      <QueryView query={programmes}>
        {({ rows }) => {
          const own = rows.filter((programme) => programme.can.createOffer);
          const first = own.find((programme) => programme.id === search.programme) ?? own[0];
          if (!first) return <NoProgramme />;
          return <OfferForm programmes={own} first={first} />;
        }}
      </QueryView>
    </Page>
  );
}

function NoProgramme() {
  const t = useText();
  return (
    <Card>
      <EmptyState
        icon={IconBuildingStore}
        title={t("offers.no-programme")}
        text={t("offers.no-programme-text")}
        actions={
          <Button component={Link} to="/programmes/new">
            {t("action.new-programme")}
          </Button>
        }
      />
    </Card>
  );
}

function OfferForm({ programmes, first }: { readonly programmes: readonly Programme[]; readonly first: Programme }) {
  const t = useText();
  const navigate = useNavigate();
  const [programme, setProgramme] = useState(first);
  const [title, setTitle] = useState("");
  const [isOpen, setIsOpen] = useState(true);
  const [autoAccept, setAutoAccept] = useState(false);
  const [terms, setTerms] = useState(() => usualTerms(first.currency, first.timeZone));
  const [further, setFurther] = useState<readonly NamedParty[]>([]);
  const merchant: NamedParty = { org: programme.org, name: programme.orgName, roles: ["payer"], signatory: true };
  const send = useSend(createOffer, {
    onDone: (offer) => {
      toastDone(t("offers.published"));
      void navigate({ to: `/offers/${offer.id}` });
    },
  });
  const publish = () => {
    const parties = further.map(({ org, roles, signatory }) => ({ org, roles, signatory }));
    send.mutate({ body: { programme: programme.id, title, terms, isOpen, autoAccept, parties } });
  };
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md">
          <Card>
            <Stack gap="sm">
              <NativeSelect
                label={t("partners.programme")}
                value={programme.id}
                onChange={(event) => setProgramme(programmes.find((each) => each.id === event.currentTarget.value) ?? programme)}
                data={programmes.map((each) => ({ value: each.id, label: each.name }))}
              />
              <TextInput
                label={t("offers.title")}
                placeholder={t("offers.title-example")}
                value={title}
                onChange={(event) => setTitle(event.currentTarget.value)}
              />
              <Checkbox
                label={t("offers.open-label")}
                description={t("offers.open-hint")}
                checked={isOpen}
                onChange={(event) => setIsOpen(event.currentTarget.checked)}
              />
              <Checkbox
                label={t("offers.auto-accept")}
                description={t("offers.auto-accept-hint")}
                checked={autoAccept}
                onChange={(event) => setAutoAccept(event.currentTarget.checked)}
              />
            </Stack>
          </Card>
          <TermsEditor
            value={terms}
            parties={[merchant, ...further]}
            lockedParties={new Set([programme.org])}
            shopCurrency={programme.currency}
            onChange={setTerms}
            onParties={(parties) => setFurther(parties.filter((party) => party.org !== programme.org))}
          />
          {send.error && <ProblemNotice error={send.error} />}
          <Button w="fit-content" onClick={publish} loading={send.isPending} disabled={title.trim() === ""}>
            {t("action.new-offer")}
          </Button>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <TermsPreview programme={programme.id} terms={terms} parties={[merchant, ...further]} />
      </Grid.Col>
    </Grid>
  );
}
