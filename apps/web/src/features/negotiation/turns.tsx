import { Stack, Text, Timeline } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Acceptances } from "../contracts/signed-document.tsx";
import { ChangeList } from "../deal/change-list.tsx";
import type { Proposal } from "./proposal.ts";

/** Past turns are immutable: who, when, what they changed, what they wrote, who accepted them. */
export function Turns({ turns }: { readonly turns: Proposal["turns"] }) {
  const t = useText();
  if (turns.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t("proposal.no-turns")}
      </Text>
    );
  return (
    <Timeline bulletSize={22} lineWidth={2} active={turns.length}>
      {turns.toReversed().map((turn) => (
        <Timeline.Item
          key={turn.no}
          bullet={turn.acceptances.length > 0 ? <IconCheck size={13} aria-hidden /> : <Text fz={10}>{turn.no}</Text>}
          title={
            <Text fz="sm" fw={600}>
              {t("proposal.turn-by", { no: turn.no, name: turn.byName })}
            </Text>
          }
        >
          <Stack gap={6}>
            <Text fz="xs" c="dimmed">
              {dateTimeText(turn.at)}
            </Text>
            {turn.message && (
              <Text fz="sm" style={{ whiteSpace: "pre-wrap" }}>
                {t("proposal.quote", { text: turn.message })}
              </Text>
            )}
            <ChangeList changes={turn.changes} />
            {turn.acceptances.length > 0 && <Acceptances acceptances={turn.acceptances} />}
          </Stack>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
