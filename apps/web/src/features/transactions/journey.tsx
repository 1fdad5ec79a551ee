import { Text, Timeline } from "@mantine/core";
import { IconCheck, IconRoute, IconX } from "@tabler/icons-react";
import { preciseTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Transaction } from "./transaction.ts";

type Props = { readonly clicks: Transaction["journey"]; readonly pricing: Transaction["pricing"] };

/** Every touch that was a candidate, and why it won, lost or did not count. */
export function Journey({ clicks }: Props) {
  const t = useText();
  const local = useLocalText();
  if (clicks.length === 0)
    return (
      <Card title={t("transactions.journey")}>
        <EmptyState icon={IconRoute} title={t("transactions.no-journey")} text={t("transactions.no-journey-text")} />
      </Card>
    );
  return (
    <Card title={t("transactions.journey")} hint={t("transactions.journey-hint")}>
      <Timeline bulletSize={22} lineWidth={2} active={clicks.length}>
        {clicks.map((click) => (
          <Timeline.Item
            key={click.clickId}
            color={click.outcome === "won" ? "moss" : "gray"}
            bullet={click.outcome === "won" ? <IconCheck size={13} aria-hidden /> : <IconX size={13} aria-hidden />}
            title={
              <Text fz="sm" fw={600} component="span">
                {click.partner?.name ?? t("transactions.unknown-partner")} <StateBadge state={click.outcome} />
              </Text>
            }
          >
            <Text fz="sm">{local(click.reason.text)}</Text>
            <Text fz="xs" c="dimmed">
              {click.at ? preciseTimeText(click.at) : ""} · <span className="mono">{click.clickId.slice(0, 26)}</span>
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Card>
  );
}
