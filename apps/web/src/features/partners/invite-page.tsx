import { invitePartners, listOffers } from "@biotop/wire";
import { Alert, Button, FileButton, Group, NativeSelect, SimpleGrid, Stack, Tabs, Text, Textarea, TextInput } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { countryChoices } from "../../format/places.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { InvitationResult } from "./invitation-result.tsx";

type Result = Answer<typeof invitePartners>;
type Offers = Answer<typeof listOffers>["rows"];

/** Invite one partner, or many from a table; each link can be copied where no mail is sent. */
export function InvitePage() {
  const t = useText();
  const search: { readonly offer?: string } = useSearch({ strict: false });
  const offers = useApi(listOffers, { query: { relation: "own", limit: 200 } });
  const [result, setResult] = useState<Result>();
  const published = (offers.data?.rows ?? []).filter((offer) => offer.state === "published");
  return (
    <Page title={t("action.invite-partner")} lead={t("invite.lead")} crumbs={[{ label: t("nav.partners"), to: "/partners" }]} narrow>
      {result && <InvitationResult result={result} />}
      {offers.data && published.length === 0 && (
        <Alert color="blue" title={t("invite.no-offer")}>
          {t("invite.no-offer-text")}
        </Alert>
      )}
      <Card>
        <Tabs defaultValue="one" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="one">{t("invite.one")}</Tabs.Tab>
            <Tabs.Tab value="many">{t("invite.many")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="one">
            <InviteOne offers={published} chosenOffer={search.offer ?? ""} onDone={setResult} />
          </Tabs.Panel>
          <Tabs.Panel value="many">
            <InviteMany offers={published} chosenOffer={search.offer ?? ""} onDone={setResult} />
          </Tabs.Panel>
        </Tabs>
      </Card>
    </Page>
  );
}

type FormProps = { readonly offers: Offers; readonly chosenOffer: string; readonly onDone: (result: Result) => void };

const emptyRow = { email: "", organisationName: "", country: "DE" };

function InviteOne({ offers, chosenOffer, onDone }: FormProps) {
  const t = useText();
  const own = useLanguage();
  const [row, setRow] = useState({ ...emptyRow, language: own as string, offer: chosenOffer });
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const send = useSend(invitePartners, {
    onDone: (result) => {
      setErrors(Object.fromEntries(result.errors.map((error) => [error.field, error.reason[own]])));
      if (result.invited.length === 0) return;
      onDone(result);
      setRow({ ...row, email: "", organisationName: "" });
    },
  });
  const field = (name: keyof typeof row) => ({
    value: row[name],
    error: errors[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => setRow({ ...row, [name]: event.currentTarget.value }),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { offer, ...rest } = row;
        send.mutate({ body: { rows: [offer ? { ...rest, offer } : rest] } });
      }}
    >
      <Stack gap="sm">
        <TextInput label={t("invite.email")} type="email" {...field("email")} />
        <TextInput label={t("organisation.name")} {...field("organisationName")} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <NativeSelect label={t("organisation.country")} {...field("country")} data={[...countryChoices()]} />
          <NativeSelect
            label={t("invite.language")}
            {...field("language")}
            data={[
              { value: "de", label: "Deutsch" },
              { value: "en", label: "English" },
            ]}
          />
        </SimpleGrid>
        <OfferChoice offers={offers} value={row.offer} onChange={(offer) => setRow({ ...row, offer })} error={errors["offer"]} />
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" loading={send.isPending} w="fit-content">
          {t("invite.submit")}
        </Button>
      </Stack>
    </form>
  );
}

type OfferProps = {
  readonly offers: Offers;
  readonly value: string;
  readonly onChange: (offer: string) => void;
  readonly error?: string | undefined;
};

function OfferChoice({ offers, value, onChange, error }: OfferProps) {
  const t = useText();
  return (
    <NativeSelect
      label={t("invite.offer")}
      description={t("invite.offer-hint")}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: t("invite.offer-none") },
        ...offers.map((offer) => ({ value: offer.id, label: `${offer.title} · ${offer.programmeName}` })),
      ]}
    />
  );
}

function InviteMany({ offers, chosenOffer, onDone }: FormProps) {
  const t = useText();
  const [csv, setCsv] = useState("email;organisationName;country;language\n");
  const [offer, setOffer] = useState(chosenOffer);
  const send = useSend(invitePartners, { onDone });
  const read = async (file: File | null) => {
    if (file) setCsv(await file.text());
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ body: { csv: offer ? withOffer(csv, offer) : csv } });
      }}
    >
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t("invite.csv-hint")}
        </Text>
        <Textarea
          label={t("invite.csv")}
          value={csv}
          onChange={(event) => setCsv(event.currentTarget.value)}
          autosize
          minRows={6}
          maxRows={18}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.82rem" } }}
        />
        <OfferChoice offers={offers} value={offer} onChange={setOffer} />
        {send.error && <ProblemNotice error={send.error} />}
        <Group gap="xs">
          <Button type="submit" loading={send.isPending}>
            {t("invite.submit-many")}
          </Button>
          <FileButton accept=".csv,text/csv,text/plain" onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
                {t("invite.upload")}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </form>
  );
}

/** Adds the chosen offer to rows of a table that does not name one itself. */
function withOffer(csv: string, offer: string): string {
  const [head = "", ...rows] = csv.trimEnd().split(/\r?\n/);
  const mark = head.includes(";") ? ";" : head.includes("\t") ? "\t" : ",";
  if (head.split(mark).some((name) => name.trim() === "offer")) return csv;
  return [`${head}${mark}offer`, ...rows.map((row) => `${row}${mark}${offer}`)].join("\n");
}
