import { type Instant, plusDays } from "@biotop/kernel";
import { createKey, type Scope, scopes } from "@biotop/wire";
import { Alert, Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { browserNow } from "../../format/browser-clock.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

const lifetimes = ["90", "365", "0"] as const;

/** The secret is shown once, here; afterwards only its hash is known. */
export function NewKey({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const may = useMay();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly Scope[]>(["conversions:write"]);
  const [days, setDays] = useState<string>("365");
  const send = useSend(createKey);
  if (send.data)
    return (
      <Card title={t("keys.made")}>
        <Stack gap="sm">
          <Alert color="amber">{t("keys.once")}</Alert>
          <CopyField label={send.data.key.name} value={send.data.secret} />
          <Button variant="default" w="fit-content" onClick={onClose}>
            {t("form.close")}
          </Button>
        </Stack>
      </Card>
    );
  const expiresAt: Instant | null = days === "0" ? null : plusDays(browserNow(), Number(days));
  return (
    <Card title={t("keys.create")}>
      <Stack gap="sm">
        <TextInput
          label={t("keys.name")}
          description={t("keys.name-hint")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t("keys.scopes")}
          description={t("keys.scopes-hint")}
          value={[...chosen]}
          onChange={(next) => setChosen(next as Scope[])}
        >
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt="xs">
            {scopes
              .filter((scope) => may(scope))
              .map((scope) => (
                <Checkbox key={scope} size="xs" value={scope} label={t(`scope.${scope}`)} description={scope} />
              ))}
          </SimpleGrid>
        </Checkbox.Group>
        <NativeSelect
          label={t("keys.lifetime")}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={lifetimes.map((value) => ({ value, label: value === "0" ? t("keys.never") : t("keys.days", { count: Number(value) }) }))}
        />
        {send.error && <ProblemNotice error={send.error} />}
        <Group gap="xs">
          <Button
            loading={send.isPending}
            disabled={!name.trim() || chosen.length === 0}
            onClick={() => send.mutate({ body: { name, scopes: [...chosen], expiresAt } })}
          >
            {t("keys.create")}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("form.cancel")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
