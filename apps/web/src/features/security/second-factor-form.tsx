import { confirmSecondFactor } from "@biotop/wire";
import { Button, Stack, TextInput } from "@mantine/core";
import { rememberSession, type Session } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { submitOf, useWireForm } from "../../ui/use-wire-form.ts";

type Props = { readonly onDone: (session: Session) => void; readonly buttonLabel?: string };

/** Six digits of the authenticator app, or a recovery code. */
export function SecondFactorForm({ onDone, buttonLabel }: Props) {
  const t = useText();
  const form = useWireForm(confirmSecondFactor, { defaultValues: { code: "" } });
  const send = useSend(confirmSecondFactor, {
    onDone: (session) => {
      rememberSession(session);
      onDone(session);
    },
  });
  return (
    <form noValidate onSubmit={submitOf(form, ({ code }) => send.mutate({ body: { code: code.replaceAll(/\s/g, "") } }))}>
      <Stack gap="sm">
        <TextInput
          label={t("security.code")}
          description={t("security.code-hint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          data-autofocus
          autoFocus
          {...form.register("code")}
          error={form.formState.errors.code?.message}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" fullWidth loading={send.isPending}>
          {buttonLabel ?? t("security.confirm")}
        </Button>
      </Stack>
    </form>
  );
}
