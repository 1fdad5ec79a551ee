import { completeSetup, getSetup } from "@biotop/wire";
import { Alert, Button, Group, NativeSelect, PasswordInput, Stack, Stepper, Textarea, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { queryClient } from "../../api/query-client.ts";
import { rememberSession, sessionQuery } from "../../api/session.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { browserTimeZone } from "../../format/places.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { PublicPage } from "../../shell/public-page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { showFieldErrors, useWireForm, type WireForm } from "../../ui/use-wire-form.ts";
import { OrganisationFields } from "../organisation/organisation-fields.tsx";

type SetupForm = WireForm<typeof completeSetup>;

/** The one-time link leads here: administrator, organisation, instance. */
export function SetupPage() {
  const t = useText();
  const search: { readonly token?: string } = useSearch({ strict: false });
  const setup = useApi(getSetup, { query: { token: search.token } });
  return (
    <PublicPage title={t("setup.title")} lead={t("setup.lead")} wide>
      <QueryView query={setup}>
        {(facts) => {
          if (!facts.isNeeded)
            return (
              <Alert color="blue" title={t("setup.done")}>
                {t("setup.done-text")}
              </Alert>
            );
          if (!search.token || !facts.isTokenValid)
            return (
              <Alert color="orange" title={t("setup.bad-token")}>
                {t("setup.bad-token-text")}
              </Alert>
            );
          return <SetupSteps token={search.token} publicUrl={facts.publicUrl} />;
        }}
      </QueryView>
    </PublicPage>
  );
}

const stepFields = [
  ["admin.name", "admin.email", "admin.password"],
  ["organisation.name"],
  ["instance.name", "instance.imprint", "instance.privacy"],
] as const;

function SetupSteps({ token, publicUrl }: { readonly token: string; readonly publicUrl: string }) {
  const t = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const form = useWireForm(completeSetup, {
    defaultValues: {
      token,
      admin: { name: "", email: "", password: "", language },
      organisation: { name: "", country: "DE", language, timeZone: browserTimeZone() as never, capabilities: ["sell"] },
      instance: { name: "", language, imprint: "", privacy: "" },
    },
  });
  const send = useSend(completeSetup, {
    onDone: (session) => {
      rememberSession(session);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void navigate({ to: "/", replace: true });
    },
  });
  const isLast = step === stepFields.length - 1;
  const goOn = async () => {
    const isRight = await form.trigger([...(stepFields[step] ?? [])]);
    if (isRight && !isLast) setStep(step + 1);
    if (isRight && isLast) send.mutate({ body: form.getValues() }, { onError: (error) => showFieldErrors(form, error) });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void goOn();
      }}
    >
      <Stack gap="md">
        <Stepper active={step} onStepClick={(next) => next < step && setStep(next)} size="xs">
          <Stepper.Step label={t("setup.step-admin")} />
          <Stepper.Step label={t("setup.step-organisation")} />
          <Stepper.Step label={t("setup.step-instance")} />
        </Stepper>
        {step === 0 && <AdminStep form={form} />}
        {step === 1 && (
          <OrganisationFields
            register={form.register as never}
            control={form.control as never}
            errors={form.formState.errors.organisation as never}
          />
        )}
        {step === 2 && <InstanceStep form={form} publicUrl={publicUrl} />}
        {send.error && <ProblemNotice error={send.error} />}
        <Group justify="space-between">
          <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>
            {t("form.back")}
          </Button>
          <Button type="submit" loading={send.isPending}>
            {isLast ? t("setup.finish") : t("form.next")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AdminStep({ form }: { readonly form: SetupForm }) {
  const t = useText();
  const errors = form.formState.errors.admin;
  return (
    <>
      <TextInput label={t("person.name")} autoComplete="name" {...form.register("admin.name")} error={errors?.name?.message} />
      <TextInput
        label={t("sign-in.email")}
        type="email"
        autoComplete="username"
        {...form.register("admin.email")}
        error={errors?.email?.message}
      />
      <PasswordInput
        label={t("sign-in.password")}
        description={t("person.password-hint")}
        autoComplete="new-password"
        {...form.register("admin.password")}
        error={errors?.password?.message}
      />
    </>
  );
}

function InstanceStep({ form, publicUrl }: { readonly form: SetupForm; readonly publicUrl: string }) {
  const t = useText();
  const errors = form.formState.errors.instance;
  return (
    <>
      <TextInput
        label={t("instance.name")}
        description={t("instance.name-hint")}
        {...form.register("instance.name")}
        error={errors?.name?.message}
      />
      <TextInput label={t("instance.url")} description={t("instance.url-hint")} value={publicUrl} readOnly />
      <NativeSelect
        label={t("instance.language")}
        {...form.register("instance.language")}
        data={[
          { value: "de", label: "Deutsch" },
          { value: "en", label: "English" },
        ]}
      />
      <Textarea
        label={t("shell.imprint")}
        description={t("instance.imprint-hint")}
        autosize
        minRows={3}
        maxRows={10}
        {...form.register("instance.imprint")}
        error={errors?.imprint?.message}
      />
      <Textarea
        label={t("shell.privacy")}
        description={t("instance.privacy-hint")}
        autosize
        minRows={3}
        maxRows={10}
        {...form.register("instance.privacy")}
        error={errors?.privacy?.message}
      />
    </>
  );
}
