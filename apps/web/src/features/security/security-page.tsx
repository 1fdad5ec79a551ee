import { changePassword } from "@biotop/wire";
import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { rememberSession, useSession } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone } from "../../ui/toast.ts";
import { submitOf, useWireForm } from "../../ui/use-wire-form.ts";
import { EnrolTotp } from "./enrol-totp.tsx";

export function SecurityPage() {
  const t = useText();
  const session = useSession();
  return (
    <Page title={t("nav.security")} lead={t("security.lead")} narrow>
      <Card title={t("security.factor-title")} actions={session.hasSecondFactor && <StateBadge state="active" />}>
        {session.hasSecondFactor ? (
          <Text fz="sm">
            {session.isFresh && session.freshUntil
              ? t("security.factor-fresh", { until: dateTimeText(session.freshUntil) })
              : t("security.factor-on")}
          </Text>
        ) : (
          <Stack gap="sm">
            <Text fz="sm">{t("security.factor-off")}</Text>
            <EnrolTotp onDone={() => toastDone(t("security.factor-done"))} />
          </Stack>
        )}
      </Card>
      <Card title={t("security.password-title")} hint={t("security.password-hint")}>
        <PasswordForm />
      </Card>
    </Page>
  );
}

function PasswordForm() {
  const t = useText();
  const form = useWireForm(changePassword, { defaultValues: { currentPassword: "", newPassword: "" } });
  const { errors } = form.formState;
  const send = useSend(changePassword, {
    onDone: (session) => {
      rememberSession(session);
      form.reset();
      toastDone(t("security.password-done"));
    },
  });
  return (
    <form noValidate onSubmit={submitOf(form, (body) => send.mutate({ body }))}>
      <Stack gap="sm" maw={420}>
        <PasswordInput
          label={t("security.password-current")}
          autoComplete="current-password"
          {...form.register("currentPassword")}
          error={errors.currentPassword?.message}
        />
        <PasswordInput
          label={t("security.password-new")}
          autoComplete="new-password"
          {...form.register("newPassword")}
          error={errors.newPassword?.message}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" loading={send.isPending} w="fit-content">
          {t("security.password-change")}
        </Button>
      </Stack>
    </form>
  );
}
