import { type ApiKeyId, type ProgrammeId, plusDays } from "@biotop/kernel";
import { grantSigningAuthority, listProgrammes } from "@biotop/wire";
import { Button, Group, MultiSelect, NativeSelect, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useApi, useSend } from "../../api/use-api.ts";
import { browserNow } from "../../format/browser-clock.ts";
import { useText } from "../../i18n/i18n.ts";
import { PercentInput } from "../../ui/number-text-input.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { toastDone } from "../../ui/toast.ts";

const lifetimes = ["7", "30", "90"] as const;

/** Lets a key accept in one's own name: for which programmes, up to what, until when. */
export function GrantAuthority({ keyId, onClose }: { readonly keyId: ApiKeyId; readonly onClose: () => void }) {
  const t = useText();
  const [limitPpm, setLimitPpm] = useState("100000");
  const [days, setDays] = useState<string>("30");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const programmes = useApi(listProgrammes, { query: { limit: 200 } });
  const send = useSend(grantSigningAuthority, {
    onDone: () => {
      toastDone(t("keys.granted"));
      onClose();
    },
  });
  const grant = () =>
    send.mutate({
      params: { keyId },
      body: {
        programmes: chosen.length === 0 ? "any" : (chosen as ProgrammeId[]),
        limitPpm,
        expiresAt: plusDays(browserNow(), Number(days)),
      },
    });
  return (
    <Paper withBorder p="sm" radius="md">
      <Stack gap="sm">
        <Text fz="sm">{t("keys.grant-text")}</Text>
        <MultiSelect
          label={t("nav.programmes")}
          placeholder={chosen.length === 0 ? t("keys.any-programme") : ""}
          value={[...chosen]}
          onChange={setChosen}
          data={(programmes.data?.rows ?? []).map((each) => ({ value: each.id, label: each.name }))}
        />
        <Group gap="sm">
          <PercentInput label={t("keys.limit")} value={limitPpm} onValue={setLimitPpm} w={160} />
          <NativeSelect
            label={t("keys.lifetime")}
            value={days}
            onChange={(event) => setDays(event.currentTarget.value)}
            data={lifetimes.map((value) => ({ value, label: t("keys.days", { count: Number(value) }) }))}
          />
        </Group>
        {send.error && <ProblemNotice error={send.error} />}
        <Group gap="xs">
          <Button loading={send.isPending} onClick={grant}>
            {t("keys.grant-confirm")}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("form.cancel")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
