import { getInstance, signIn } from "@biotop/wire";
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { rememberSession, type Session, sessionQuery } from "../../api/session.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { chosenLanguage, speak, useText } from "../../i18n/i18n.ts";
import { PublicPage } from "../../shell/public-page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { submitOf, useWireForm } from "../../ui/use-wire-form.ts";
import { SecondFactorForm } from "../security/second-factor-form.tsx";

/** Password first, then the second factor when the person has one; leads back to where they came from. */
export function SignInPage() {
  const t = useText();
  const navigate = useNavigate();
  const search: { readonly to?: string } = useSearch({ strict: false });
  const instance = useApi(getInstance);
  const session = useQuery(sessionQuery);
  const isHalfway = session.data?.isSecondFactorNeeded ?? false;
  const enter = (entered: Session) => {
    rememberSession(entered);
    if (entered.isSecondFactorNeeded) return;
    if (entered.user && !chosenLanguage()) void speak(entered.user.language);
    void navigate({ href: safeTarget(search.to), replace: true });
  };
  const name = instance.data?.name ?? "Biotop";
  return (
    <PublicPage
      title={isHalfway ? t("sign-in.factor-title") : t("sign-in.title")}
      lead={isHalfway ? t("sign-in.factor-lead") : t("sign-in.lead", { name })}
    >
      {instance.data?.needsSetup && (
        <Alert color="blue" title={t("sign-in.needs-setup")}>
          {t("sign-in.needs-setup-text")}
        </Alert>
      )}
      {isHalfway ? <SecondFactorForm onDone={enter} /> : <PasswordForm onDone={enter} />}
    </PublicPage>
  );
}

function PasswordForm({ onDone }: { readonly onDone: (session: Session) => void }) {
  const t = useText();
  const form = useWireForm(signIn, { defaultValues: { email: "", password: "" } });
  const send = useSend(signIn, { onDone });
  const { errors } = form.formState;
  return (
    <form noValidate onSubmit={submitOf(form, (body) => send.mutate({ body: { email: body.email.trim(), password: body.password } }))}>
      <Stack gap="sm">
        <TextInput
          label={t("sign-in.email")}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.register("email")}
          error={errors.email?.message}
        />
        <PasswordInput
          label={t("sign-in.password")}
          autoComplete="current-password"
          {...form.register("password")}
          error={errors.password?.message}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" fullWidth mt="xs" loading={send.isPending}>
          {t("sign-in.submit")}
        </Button>
        <Anchor component={Link} to="/password-reset" fz="sm" ta="center">
          {t("sign-in.forgot")}
        </Anchor>
      </Stack>
    </form>
  );
}

/** Only addresses of this app: a foreign one in the link must not be followed. */
function safeTarget(to: string | undefined): string {
  return to?.startsWith("/") && !to.startsWith("//") ? to : "/";
}
