import { type Currency, currency, type TimeZone } from "@biotop/kernel";
import { createProgramme } from "@biotop/wire";
import { Button, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Controller } from "react-hook-form";
import { useSend } from "../../api/use-api.ts";
import { browserTimeZone, timeZoneChoices } from "../../format/places.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { showFieldErrors, submitOf, useWireForm } from "../../ui/use-wire-form.ts";
import { CurrencyInput } from "../deal/frame-editor.tsx";
import { HostsInput } from "./hosts-input.tsx";

export function NewProgrammePage() {
  const t = useText();
  const navigate = useNavigate();
  const form = useWireForm(createProgramme, {
    defaultValues: {
      name: "",
      homeUrl: "https://",
      hosts: [],
      currency: currency("EUR"),
      timeZone: browserTimeZone() as TimeZone,
      consentPolicy: "strict",
    },
  });
  const { errors } = form.formState;
  const send = useSend(createProgramme, { onDone: (programme) => void navigate({ to: `/programmes/${programme.id}` }) });
  const submit = submitOf(form, (body) => send.mutate({ body }, { onError: (error) => showFieldErrors(form, error) }));
  return (
    <Page
      title={t("action.new-programme")}
      lead={t("programmes.new-lead")}
      crumbs={[{ label: t("nav.programmes"), to: "/programmes" }]}
      narrow
    >
      <Card>
        <form noValidate onSubmit={submit}>
          <Stack gap="sm">
            <TextInput label={t("programmes.name")} {...form.register("name")} error={errors.name?.message} />
            <TextInput label={t("programmes.home")} type="url" {...form.register("homeUrl")} error={errors.homeUrl?.message} />
            <Controller
              control={form.control}
              name="hosts"
              render={({ field }) => (
                <HostsInput value={(field.value as readonly string[]) ?? []} onChange={field.onChange} error={errors.hosts?.message} />
              )}
            />
            <Controller
              control={form.control}
              name="currency"
              render={({ field }) => (
                <CurrencyInput label={t("programmes.currency")} value={field.value as Currency} onChange={field.onChange} />
              )}
            />
            <NativeSelect label={t("organisation.time-zone")} {...form.register("timeZone")} data={[...timeZoneChoices()]} />
            <NativeSelect
              label={t("programmes.consent")}
              description={t("programmes.consent-hint")}
              {...form.register("consentPolicy")}
              data={[
                { value: "strict", label: t("programmes.consent-strict") },
                { value: "assumed", label: t("programmes.consent-assumed") },
              ]}
            />
            {send.error && <ProblemNotice error={send.error} />}
            <Button type="submit" loading={send.isPending} w="fit-content">
              {t("action.new-programme")}
            </Button>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}
