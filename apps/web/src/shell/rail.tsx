import { NavLink, ScrollArea, Stack, Text } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import {
  auditLog,
  contracts,
  earnings,
  finance,
  home,
  instance,
  keys,
  links,
  mails,
  members,
  organisation,
  partners,
  programmes,
  reports,
  security,
  tracking,
  transactions,
} from "../actions/all-actions.ts";
import { type Action, isOffered } from "../actions/define-action.ts";
import { useMembership } from "../api/session.ts";
import { useText } from "../i18n/i18n.ts";
import type { MessageKey } from "../i18n/message-key.ts";
import classes from "./rail.module.css";

type RailGroup = { readonly label: MessageKey | null; readonly actions: readonly Action[] };

const groups: readonly RailGroup[] = [
  { label: null, actions: [home] },
  { label: "nav.group-ecosystem", actions: [partners, programmes, contracts] },
  { label: "nav.group-sales", actions: [links, transactions, reports, tracking] },
  { label: "nav.group-money", actions: [earnings, finance] },
  { label: "nav.group-settings", actions: [organisation, members, keys, security, auditLog, mails, instance] },
];

export function Rail() {
  const t = useText();
  const membership = useMembership();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <ScrollArea type="hover" scrollbarSize={6} h="100%">
      <Stack gap={2} p="xs" pb="xl">
        {groups.map((group) => {
          const shown = group.actions.filter((action) => isOffered(action, membership));
          if (shown.length === 0) return null;
          return (
            <div key={group.label ?? "home"}>
              {group.label && (
                <Text className={classes["group"] ?? ""} component="h2">
                  {t(group.label)}
                </Text>
              )}
              {shown.map((action) => (
                <RailLink key={action.id} action={action} isActive={isActive(action.to, path)} />
              ))}
            </div>
          );
        })}
      </Stack>
    </ScrollArea>
  );
}

function RailLink({ action, isActive }: { readonly action: Action; readonly isActive: boolean }) {
  const t = useText();
  const Icon = action.icon;
  return (
    <NavLink
      component={Link}
      to={action.to}
      label={t(action.label)}
      leftSection={<Icon size={17} stroke={1.7} aria-hidden />}
      active={isActive}
      aria-current={isActive ? "page" : undefined}
      className={classes["link"] ?? ""}
    />
  );
}

/** Pages that belong to a list light up the list's entry. */
const belongsTo: Readonly<Record<string, string>> = {
  "/offers": "/programmes",
  "/proposals": "/contracts",
  "/documents": "/finance",
  "/payout-runs": "/finance",
};

function isActive(to: string, path: string): boolean {
  if (to === "/") return path === "/";
  const top = `/${path.split("/")[1] ?? ""}`;
  return (belongsTo[top] ?? top) === to;
}
