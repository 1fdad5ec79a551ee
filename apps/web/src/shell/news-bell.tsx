import { listNotifications } from "@biotop/wire";
import { ActionIcon, Indicator } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMay } from "../api/session.ts";
import { useApi } from "../api/use-api.ts";
import { useText } from "../i18n/i18n.ts";

const refetchMs = 60_000;

export function NewsBell() {
  const t = useText();
  const may = useMay();
  const news = useApi(listNotifications, { query: { limit: 1 } }, { enabled: may("organisations:read"), refetchMs });
  const unread = news.data?.unread ?? 0;
  const label = unread > 0 ? t("shell.notifications-unread", { count: unread }) : t("shell.notifications");
  return (
    <Indicator disabled={unread === 0} label={unread > 99 ? "99+" : unread} size={15} offset={5} color="orange">
      <ActionIcon component={Link} to="/notifications" variant="subtle" color="gray" size="lg" aria-label={label}>
        <IconBell size={19} stroke={1.7} />
      </ActionIcon>
    </Indicator>
  );
}
