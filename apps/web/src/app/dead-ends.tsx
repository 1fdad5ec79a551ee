import { Button, Center, Stack } from "@mantine/core";
import { IconMap2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/i18n.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";

export function NotFoundPage() {
  const t = useText();
  return (
    <EmptyState
      icon={IconMap2}
      title={t("not-found.title")}
      text={t("not-found.text")}
      actions={
        <Button component={Link} to="/">
          {t("not-found.home")}
        </Button>
      }
    />
  );
}

export function CrashPage({ error }: { readonly error: unknown }) {
  return (
    <Center p="xl">
      <Stack maw={560} w="100%">
        <ProblemNotice error={error} onRetry={() => window.location.reload()} />
      </Stack>
    </Center>
  );
}
