import { finishTotp, startTotp } from "@biotop/wire";
import { Button, Code, Group, PasswordInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { rememberSession } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { CopyField, CopyValueButton } from "../../ui/copy-field.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { submitOf, useWireForm } from "../../ui/use-wire-form.ts";
import { QrCode } from "./qr-code.tsx";

type Started = Answer<typeof startTotp>;

/** Password → QR code and recovery codes → first code. Whoever finishes has just given the factor. */
export function EnrolTotp({ onDone }: { readonly onDone: () => void }) {
  const [started, setStarted] = useState<Started>();
  return started ? <ShowSecret started={started} onDone={onDone} /> : <AskPassword onStarted={setStarted} />;
}

function AskPassword({ onStarted }: { readonly onStarted: (started: Started) => void }) {
  const t = useText();
  const form = useWireForm(startTotp, { defaultValues: { password: "" } });
  const send = useSend(startTotp, { onDone: onStarted });
  return (
    <form noValidate onSubmit={submitOf(form, (body) => send.mutate({ body }))}>
      <Stack gap="sm">
        <PasswordInput
          label={t("security.enrol-password")}
          autoComplete="current-password"
          data-autofocus
          {...form.register("password")}
          error={form.formState.errors.password?.message}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" loading={send.isPending}>
          {t("form.next")}
        </Button>
      </Stack>
    </form>
  );
}

function ShowSecret({ started, onDone }: { readonly started: Started; readonly onDone: () => void }) {
  const t = useText();
  const form = useWireForm(finishTotp, { defaultValues: { code: "" } });
  const send = useSend(finishTotp, {
    onDone: (session) => {
      rememberSession(session);
      onDone();
    },
  });
  return (
    <form noValidate onSubmit={submitOf(form, ({ code }) => send.mutate({ body: { code: code.replaceAll(/\s/g, "") } }))}>
      <Stack gap="sm">
        <Text fz="sm">{t("security.enrol-scan")}</Text>
        <QrCode text={started.uri} label={t("security.qr-label")} />
        <CopyField label={t("security.secret")} value={started.secret} />
        <RecoveryCodes codes={started.recoveryCodes} />
        <TextInput
          label={t("security.enrol-code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          {...form.register("code")}
          error={form.formState.errors.code?.message}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" loading={send.isPending}>
          {t("security.enrol-finish")}
        </Button>
      </Stack>
    </form>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const t = useText();
  return (
    <div>
      <Group justify="space-between">
        <Text fz="sm" fw={550}>
          {t("security.recovery")}
        </Text>
        <CopyValueButton compact value={codes.join("\n")} />
      </Group>
      <Text fz="xs" c="dimmed" mb={6}>
        {t("security.recovery-hint")}
      </Text>
      <SimpleGrid cols={2} spacing={4} verticalSpacing={4}>
        {codes.map((code) => (
          <Code key={code}>{code}</Code>
        ))}
      </SimpleGrid>
    </div>
  );
}
