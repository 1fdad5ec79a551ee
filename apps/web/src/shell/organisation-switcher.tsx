import { Button, Menu, Text } from "@mantine/core";
import { IconBuilding, IconCheck, IconChevronDown, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { actFor } from "../api/acting-organisation.ts";
import { useMay, useMembership, useSession } from "../api/session.ts";
import { useText } from "../i18n/i18n.ts";
import classes from "./organisation-switcher.module.css";

/** Who am I acting for: always visible, one click to change; the person starts again at that organisation's Home. */
export function OrganisationSwitcher() {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const { organisations } = useSession();
  const acting = useMembership();
  const choose = (id: string) => {
    actFor(id);
    void navigate({ to: "/" });
  };
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          className={classes["button"] ?? ""}
          leftSection={<IconBuilding size={15} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={`${t("shell.organisation")}: ${acting?.name ?? "–"}`}
        >
          <span className={classes["name"]}>{acting?.name ?? "–"}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("shell.organisation-acting")}</Menu.Label>
        {organisations.map((each) => (
          <Menu.Item
            key={each.id}
            onClick={() => choose(each.id)}
            rightSection={each.id === acting?.id ? <IconCheck size={15} aria-hidden /> : null}
          >
            <Text fz="sm" truncate>
              {each.name}
            </Text>
          </Menu.Item>
        ))}
        {may("organisations:create") && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => void navigate({ to: "/organisation", search: { new: "1" } })}
            >
              {t("shell.new-organisation")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
