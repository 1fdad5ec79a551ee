import { resetPassword } from "@biotop/wire";
import { Alert, Anchor, Button, PasswordInput, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { sessionQuery } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { PublicPage } from "../../shell/public-page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { submitOf, useWireForm } from "../../ui/use-wire-form.ts";

/** The one-time link's page: sets the password and leads to the sign-in. */
export function NewPasswordPage() {
  const t = useText();
  const { token } = useParams({ strict: false }) as { readonly token: string };
  const queryClient = useQueryClient();
  const form = useWireForm(resetPassword, { defaultValues: { password: "" } });
  const send = useSend(resetPassword, { onDone: () => void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }) });
  return (
    <PublicPage title={t("password-reset.new-title")} lead={t("password-reset.new-lead")}>
      {send.isSuccess ? (
        <>
          <Alert color="green" role="status">
            {t("password-reset.done")}
          </Alert>
          <Button component={Link} to="/sign-in" fullWidth>
            {t("sign-in.submit")}
          </Button>
        </>
      ) : (
        <form noValidate onSubmit={submitOf(form, (body) => send.mutate({ params: { token }, body }))}>
          <Stack gap="sm">
            <PasswordInput
              label={t("sign-in.password")}
              description={t("person.password-hint")}
              autoComplete="new-password"
              autoFocus
              {...form.register("password")}
              error={form.formState.errors.password?.message}
            />
            {send.error && <ProblemNotice error={send.error} />}
            <Button type="submit" fullWidth mt="xs" loading={send.isPending}>
              {t("password-reset.save")}
            </Button>
            {send.error && (
              <Anchor component={Link} to="/password-reset" fz="sm" ta="center">
                {t("password-reset.new-link")}
              </Anchor>
            )}
          </Stack>
        </form>
      )}
    </PublicPage>
  );
}
