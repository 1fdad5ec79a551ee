import { getCompleteness, getTrackingHealth, listContracts, listOffers, listProgrammes } from "@biotop/wire";
import { Anchor, Group, Progress, Stack, Text } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMay, useMembership, useSession } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import type { MessageKey } from "../../i18n/message-key.ts";
import { Card } from "../../ui/card.tsx";

type Step = { readonly label: MessageKey; readonly to: string; readonly isDone: boolean };

/** Steps that the product sees by itself; nobody ticks a box. */
export function SetUpGuide() {
  const t = useText();
  const steps = useSteps();
  if (!steps) return null;
  const done = steps.filter((step) => step.isDone).length;
  if (done === steps.length) return null;
  return (
    <Card title={t("guide.title")} hint={t("guide.progress", { done, all: steps.length })}>
      <Stack gap="sm">
        <Progress value={(done / steps.length) * 100} size="sm" aria-label={t("guide.title")} />
        <Stack component="ul" gap={6} style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {steps.map((step) => (
            <StepRow key={step.label} step={step} />
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function StepRow({ step }: { readonly step: Step }) {
  const t = useText();
  return (
    <Group component="li" gap={8} wrap="nowrap">
      {step.isDone ? (
        <IconCircleCheck size={18} color="var(--mantine-color-moss-6)" aria-label={t("guide.done")} />
      ) : (
        <IconCircle size={18} color="var(--ink-soft)" aria-label={t("guide.open")} />
      )}
      {step.isDone ? (
        <Text fz="sm" c="dimmed">
          {t(step.label)}
        </Text>
      ) : (
        <Anchor component={Link} to={step.to} fz="sm" fw={550}>
          {t(step.label)}
        </Anchor>
      )}
    </Group>
  );
}

function useSteps(): readonly Step[] | undefined {
  const may = useMay();
  const own = useMembership();
  const { hasSecondFactor } = useSession();
  const canRead = may("contracts:read");
  const sells = own?.capabilities.includes("sell") ?? false;
  const completeness = useApi(getCompleteness, { query: {} }, { enabled: may("organisations:read") });
  const programmes = useApi(listProgrammes, { query: { relation: "own", limit: 1 } }, { enabled: canRead && sells });
  const offers = useApi(listOffers, { query: { relation: "own", limit: 1 } }, { enabled: canRead && sells });
  const contracts = useApi(listContracts, { query: { limit: 1 } }, { enabled: canRead });
  const health = useApi(getTrackingHealth, {}, { enabled: may("links:read") });
  if (!completeness.data || !contracts.data) return undefined;
  const base: Step[] = [
    { label: "guide.factor", to: "/security", isDone: hasSecondFactor },
    { label: "guide.company", to: "/organisation", isDone: completeness.data.isComplete },
  ];
  const selling: Step[] = [
    { label: "guide.programme", to: "/programmes/new", isDone: (programmes.data?.rows.length ?? 0) > 0 },
    { label: "guide.offer", to: "/offers/new", isDone: (offers.data?.rows.length ?? 0) > 0 },
  ];
  const rest: Step[] = [
    { label: "guide.contract", to: sells ? "/partners/invite" : "/programmes", isDone: contracts.data.rows.length > 0 },
    {
      label: "guide.click",
      to: sells ? "/tracking" : "/links",
      isDone: health.data?.programmes.some((each) => each.lastClickAt !== null) ?? false,
    },
    { label: "guide.order", to: "/tracking", isDone: health.data?.programmes.some((each) => each.lastOrderAt !== null) ?? false },
  ];
  return [...base, ...(sells ? selling : []), ...rest];
}
