import { getInstance, importRates, listRates, trialBalance, updateInstance } from "@biotop/wire";
import { Button, FileButton, List, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useMay } from "../../api/session.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { countText, dayText, minorText, preciseTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone } from "../../ui/toast.ts";
import { SandboxClock } from "./sandbox-clock.tsx";

type Instance = Answer<typeof getInstance>;

export function InstancePage() {
  const t = useText();
  const may = useMay();
  const instance = useApi(getInstance);
  return (
    <Page title={t("nav.instance")} lead={t("instance.lead")} narrow>
      <QueryView query={instance}>
        {(found) =>
          !may("instance:admin") ? (
            <EmptyState title={t("instance.operator-only")} text={t("instance.operator-only-text")} />
          ) : (
            <Stack gap="md">
              <Operation instance={found} />
              {found.clock.mode === "manual" && <SandboxClock at={found.clock.at} />}
              <InstanceForm instance={found} />
              <Rates />
              <Trial />
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function Operation({ instance }: { readonly instance: Instance }) {
  const t = useText();
  return (
    <Card title={t("instance.operation")}>
      <Facts
        facts={[
          { label: t("instance.url"), value: instance.publicUrl },
          { label: t("instance.edge-url"), value: instance.edgePublicUrl },
          { label: t("instance.mail"), value: t(instance.hasMailServer ? "instance.mail-on" : "instance.mail-off") },
          { label: t("instance.clock"), value: t(`instance.clock-${instance.clock.mode}`) },
          { label: t("instance.time"), value: preciseTimeText(instance.clock.at, "UTC") },
        ]}
      />
    </Card>
  );
}

function InstanceForm({ instance }: { readonly instance: Instance }) {
  const t = useText();
  const [values, setValues] = useState({
    name: instance.name ?? "",
    language: instance.language,
    imprint: instance.imprint ?? "",
    privacy: instance.privacy ?? "",
  });
  const send = useSend(updateInstance, { onDone: () => toastDone(t("form.saved")) });
  return (
    <Card title={t("instance.texts")}>
      <Stack gap="sm">
        <TextInput
          label={t("instance.name")}
          description={t("instance.name-hint")}
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("instance.language")}
          value={values.language}
          onChange={(event) => setValues({ ...values, language: event.currentTarget.value === "de" ? "de" : "en" })}
          data={[
            { value: "de", label: "Deutsch" },
            { value: "en", label: "English" },
          ]}
        />
        {(["imprint", "privacy"] as const).map((which) => (
          <Textarea
            key={which}
            label={t(`shell.${which}`)}
            description={t(`instance.${which}-hint`)}
            autosize
            minRows={4}
            maxRows={16}
            value={values[which]}
            onChange={(event) => setValues({ ...values, [which]: event.currentTarget.value })}
          />
        ))}
        {send.error && <ProblemNotice error={send.error} />}
        <Button w="fit-content" loading={send.isPending} onClick={() => send.mutate({ body: values })}>
          {t("form.save")}
        </Button>
      </Stack>
    </Card>
  );
}

function Rates() {
  const t = useText();
  const rates = useApi(listRates, { query: { limit: 1 } });
  const send = useSend(importRates, { onDone: (answer) => toastDone(t("instance.rates-added", { count: answer.added })) });
  const read = async (file: File | null) => {
    if (file) send.mutate({ body: { csv: await file.text() } });
  };
  return (
    <Card title={t("instance.rates")} hint={t("instance.rates-hint")}>
      <Stack gap="sm">
        <Text fz="sm">
          {rates.data?.newest ? t("instance.rates-newest", { date: dayText(rates.data.newest) }) : t("instance.rates-none")}
        </Text>
        <FileButton accept=".csv,text/csv" onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} variant="default" w="fit-content" loading={send.isPending}>
              {t("instance.rates-import")}
            </Button>
          )}
        </FileButton>
        {send.error && <ProblemNotice error={send.error} />}
        {send.data && send.data.errors.length > 0 && (
          <List fz="sm">
            {send.data.errors.slice(0, 20).map((error) => (
              <List.Item key={`${error.row}${error.column}`}>
                {t("invite.error-row", { row: error.row, field: error.column ?? "–" })}: {error.detail}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Card>
  );
}

function Trial() {
  const t = useText();
  const trial = useApi(trialBalance);
  const columns: readonly Column<Answer<typeof trialBalance>["currencies"][number]>[] = [
    { key: "currency", title: t("bank.currency"), cell: (row) => row.currency },
    { key: "debit", title: t("instance.debit"), cell: (row) => minorText(row.debitMinor, row.currency), numeric: true },
    { key: "credit", title: t("instance.credit"), cell: (row) => minorText(row.creditMinor, row.currency), numeric: true },
    { key: "entries", title: t("finance.entries"), cell: (row) => countText(row.entries), numeric: true, wideOnly: true },
    { key: "difference", title: t("instance.difference"), cell: (row) => minorText(row.differenceMinor, row.currency), numeric: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.differenceMinor === 0n ? "balanced" : "failed"} /> },
  ];
  if (!trial.data) return null;
  return (
    <Card title={t("instance.trial")} hint={t("instance.trial-hint")} flush>
      <DataTable
        label={t("instance.trial")}
        rows={trial.data.currencies}
        columns={columns}
        rowId={(row) => row.currency}
        empty={
          <Text p="md" fz="sm">
            –
          </Text>
        }
      />
    </Card>
  );
}
