import { requestPasswordReset } from "@biotop/wire";
import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { PublicPage } from "../../shell/public-page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { submitOf, useWireForm } from "../../ui/use-wire-form.ts";

/** Whoever forgot the password asks for a link; the page says the same whether there is an account or not. */
export function RequestLinkPage() {
  const t = useText();
  const form = useWireForm(requestPasswordReset, { defaultValues: { email: "" } });
  const send = useSend(requestPasswordReset);
  return (
    <PublicPage title={t("password-reset.title")} lead={t("password-reset.lead")}>
      {send.isSuccess ? (
        <Alert color="green" role="status">
          {t("password-reset.asked")}
        </Alert>
      ) : (
        <form noValidate onSubmit={submitOf(form, ({ email }) => send.mutate({ body: { email: email.trim() } }))}>
          <Stack gap="sm">
            <TextInput
              label={t("sign-in.email")}
              type="email"
              autoComplete="username"
              autoFocus
              {...form.register("email")}
              error={form.formState.errors.email?.message}
            />
            {send.error && <ProblemNotice error={send.error} />}
            <Button type="submit" fullWidth mt="xs" loading={send.isPending}>
              {t("password-reset.submit")}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" fz="sm" ta="center">
        {t("password-reset.back")}
      </Anchor>
    </PublicPage>
  );
}
