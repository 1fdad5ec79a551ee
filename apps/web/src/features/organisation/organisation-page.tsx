import { getCompleteness, getOrganisation, updateOrganisation } from "@biotop/wire";
import { Alert, Button, List, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { sessionQuery, useMembership } from "../../api/session.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { countryChoices, timeZoneChoices } from "../../format/places.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastDone } from "../../ui/toast.ts";
import { BankAccounts } from "./bank-accounts.tsx";
import { LegalEntityCard } from "./legal-entity-card.tsx";
import { NewOrganisation } from "./new-organisation.tsx";
import { CapabilityChoice } from "./organisation-fields.tsx";
import { Properties } from "./properties.tsx";

type Organisation = Answer<typeof getOrganisation>;

export function OrganisationPage() {
  const t = useText();
  const own = useMembership();
  const search: { readonly new?: string } = useSearch({ strict: false });
  return (
    <Page title={t("nav.organisation")} lead={t("organisation.lead")} narrow>
      {search.new && <NewOrganisation />}
      <Completeness />
      <LegalEntityCard />
      <BankAccounts />
      <Properties />
      {own && <Profile key={own.id} id={own.id} />}
    </Page>
  );
}

/** What is missing, and what for: nobody finds out on payday. */
function Completeness() {
  const t = useText();
  const local = useLocalText();
  const completeness = useApi(getCompleteness, { query: {} });
  if (!completeness.data) return null;
  if (completeness.data.isComplete)
    return (
      <Alert color="moss" icon={<IconCircleCheck size={17} />}>
        {t("company.complete")}
      </Alert>
    );
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={17} />} title={t("company.missing")}>
      <List fz="sm">
        {completeness.data.missing.map((missing) => (
          <List.Item key={missing.purpose + missing.field}>
            {local(missing.label)} – {t(`company.for-${missing.purpose}`)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Profile({ id }: { readonly id: Organisation["id"] }) {
  const organisation = useApi(getOrganisation, { params: { organisationId: id } });
  return <QueryView query={organisation}>{(found) => <ProfileForm organisation={found} />}</QueryView>;
}

function ProfileForm({ organisation }: { readonly organisation: Organisation }) {
  const t = useText();
  const client = useQueryClient();
  const { name, country, language, timeZone, capabilities } = organisation;
  const [values, setValues] = useState({ name, country, language, timeZone, capabilities });
  const send = useSend(updateOrganisation, {
    onDone: () => {
      toastDone(t("form.saved"));
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const isLocked = !organisation.can.update;
  return (
    <Card title={t("organisation.profile")}>
      <Stack gap="sm" maw={560}>
        <TextInput
          label={t("organisation.name")}
          value={values.name}
          readOnly={isLocked}
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("organisation.country")}
          value={values.country}
          disabled={isLocked}
          onChange={(event) => setValues({ ...values, country: event.currentTarget.value })}
          data={[...countryChoices()]}
        />
        <NativeSelect
          label={t("organisation.language")}
          value={values.language}
          disabled={isLocked}
          onChange={(event) => setValues({ ...values, language: event.currentTarget.value === "de" ? "de" : "en" })}
          data={[
            { value: "de", label: "Deutsch" },
            { value: "en", label: "English" },
          ]}
        />
        <NativeSelect
          label={t("organisation.time-zone")}
          value={values.timeZone}
          disabled={isLocked}
          onChange={(event) => setValues({ ...values, timeZone: event.currentTarget.value as typeof timeZone })}
          data={[...new Set([timeZone, ...timeZoneChoices()])]}
        />
        <CapabilityChoice value={values.capabilities} onChange={(next) => setValues({ ...values, capabilities: [...next] })} />
        {send.error && <ProblemNotice error={send.error} />}
        {!isLocked && (
          <Button
            w="fit-content"
            loading={send.isPending}
            onClick={() => send.mutate({ params: { organisationId: organisation.id }, body: values })}
          >
            {t("form.save")}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
