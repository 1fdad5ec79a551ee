import { type Instant, plusDays } from "@biotop/kernel";
import { setSandboxClock } from "@biotop/wire";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useSend } from "../../api/use-api.ts";
import { preciseTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { toastDone } from "../../ui/toast.ts";

const jumps = [1, 7, 31] as const;

/** On a test instance: move business time on and see deadlines, month ends and payouts happen. */
export function SandboxClock({ at }: { readonly at: Instant }) {
  const t = useText();
  const send = useSend(setSandboxClock, { onDone: (answer) => toastDone(t("instance.moved", { count: answer.deadlines })) });
  return (
    <Card title={t("instance.sandbox")} hint={t("instance.sandbox-hint")}>
      <Stack gap="sm">
        <Text fz="sm">{preciseTimeText(at, "UTC")}</Text>
        <Group gap="xs">
          {jumps.map((days) => (
            <Button
              key={days}
              variant="default"
              disabled={send.isPending}
              onClick={() => send.mutate({ body: { to: plusDays(at, days) } })}
            >
              {t("instance.jump", { count: days })}
            </Button>
          ))}
        </Group>
        {send.isPending && <Progress value={100} animated aria-label={t("instance.moving")} />}
        {send.error && <ProblemNotice error={send.error} />}
      </Stack>
    </Card>
  );
}
