import { Anchor, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/i18n.ts";

export function LegalLinks() {
  const t = useText();
  return (
    <Group component="footer" aria-label={t("shell.footer")} gap="md" justify="center" p="md">
      <Anchor component={Link} to="/imprint" fz="xs" c="dimmed">
        {t("shell.imprint")}
      </Anchor>
      <Anchor component={Link} to="/privacy" fz="xs" c="dimmed">
        {t("shell.privacy")}
      </Anchor>
    </Group>
  );
}
