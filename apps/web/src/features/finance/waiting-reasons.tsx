import type { listPayables } from "@biotop/wire";
import { List, Text } from "@mantine/core";
import type { Answer } from "../../api/call.ts";
import { useMembership } from "../../api/session.ts";
import { dateText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";

type Reason = Answer<typeof listPayables>["rows"][number]["waiting"][number];

/** Why not yet: the missing thing, whose move it is, and until when. */
export function WaitingReasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const t = useText();
  const local = useLocalText();
  const own = useMembership();
  if (reasons.length === 0) return null;
  return (
    <List fz="xs" spacing={2} c="dimmed">
      {reasons.map((reason) => (
        <List.Item key={reason.kind}>
          {local(reason.text)}
          {reason.until && ` ${t("finance.until", { date: dateText(reason.until) })}`}
          {reason.whose === own?.id && (
            <Text span fz="xs" fw={600}>
              {" "}
              {t("finance.your-move")}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );
}
