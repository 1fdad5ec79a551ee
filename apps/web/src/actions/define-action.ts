import type { Capability, Scope } from "@biotop/wire";
import type { TablerIcon } from "@tabler/icons-react";
import type { Membership } from "../api/session.ts";
import type { MessageKey } from "../i18n/message-key.ts";

export type ActionGroup = "go" | "create" | "settings";

/** Something a person can do from anywhere. One list feeds the rail, the create menu and the palette. */
export type Action = {
  readonly id: string;
  readonly label: MessageKey;
  readonly icon: TablerIcon;
  readonly group: ActionGroup;
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly scope?: Scope;
  /** Shown to organisations with one of these capabilities; absent: to all. */
  readonly capabilities?: readonly Capability[];
  readonly operatorOnly?: boolean;
};

export function defineAction(action: Action): Action {
  return Object.freeze(action);
}

export function isOffered(action: Action, membership: Membership | undefined): boolean {
  if (!membership) return false;
  if (action.scope && !membership.scopes.includes(action.scope)) return false;
  if (action.operatorOnly && !membership.isOperator) return false;
  if (!action.capabilities || membership.capabilities.length === 0) return true;
  return action.capabilities.some((capability) => membership.capabilities.includes(capability));
}
