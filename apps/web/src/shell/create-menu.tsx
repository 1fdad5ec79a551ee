import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { allActions } from "../actions/all-actions.ts";
import { isOffered } from "../actions/define-action.ts";
import { useMembership } from "../api/session.ts";
import { useText } from "../i18n/i18n.ts";

export function CreateMenu() {
  const t = useText();
  const navigate = useNavigate();
  const membership = useMembership();
  const offered = allActions.filter((action) => action.group === "create" && isOffered(action, membership));
  if (offered.length === 0) return null;
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <span>
          <Button size="compact-md" leftSection={<IconPlus size={15} aria-hidden />} visibleFrom="md">
            {t("shell.create")}
          </Button>
          <ActionIcon size="md" variant="filled" hiddenFrom="md" aria-label={t("shell.create")}>
            <IconPlus size={17} />
          </ActionIcon>
        </span>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((action) => (
          <Menu.Item
            key={action.id}
            leftSection={<action.icon size={16} stroke={1.7} aria-hidden />}
            onClick={() => void navigate({ to: action.to, search: action.search ?? {} })}
          >
            {t(action.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
