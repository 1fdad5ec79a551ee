import {
  IconArrowsExchange,
  IconBuilding,
  IconBuildingStore,
  IconChartHistogram,
  IconCoins,
  IconFileText,
  IconHeartRateMonitor,
  IconHistory,
  IconHome,
  IconKey,
  IconLink,
  IconMail,
  IconReceipt,
  IconServerCog,
  IconShieldLock,
  IconShoppingCart,
  IconUserPlus,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { defineAction } from "./define-action.ts";

export const home = defineAction({ id: "home", label: "nav.home", icon: IconHome, group: "go", to: "/" });

export const partners = defineAction({
  id: "partners",
  label: "nav.partners",
  icon: IconUsersGroup,
  group: "go",
  to: "/partners",
  scope: "contracts:read",
});

export const programmes = defineAction({
  id: "programmes",
  label: "nav.programmes",
  icon: IconBuildingStore,
  group: "go",
  to: "/programmes",
  scope: "contracts:read",
});

export const contracts = defineAction({
  id: "contracts",
  label: "nav.contracts",
  icon: IconArrowsExchange,
  group: "go",
  to: "/contracts",
  scope: "contracts:read",
});

export const links = defineAction({ id: "links", label: "nav.links", icon: IconLink, group: "go", to: "/links", scope: "links:read" });

export const tracking = defineAction({
  id: "tracking",
  label: "nav.tracking",
  icon: IconHeartRateMonitor,
  group: "go",
  to: "/tracking",
  scope: "links:read",
});

export const transactions = defineAction({
  id: "transactions",
  label: "nav.transactions",
  icon: IconShoppingCart,
  group: "go",
  to: "/transactions",
  scope: "transactions:read",
});

export const reports = defineAction({
  id: "reports",
  label: "nav.reports",
  icon: IconChartHistogram,
  group: "go",
  to: "/reports",
  scope: "reports:read",
});

export const earnings = defineAction({
  id: "earnings",
  label: "nav.earnings",
  icon: IconCoins,
  group: "go",
  to: "/earnings",
  scope: "billing:read",
});

export const finance = defineAction({
  id: "finance",
  label: "nav.finance",
  icon: IconReceipt,
  group: "go",
  to: "/finance",
  scope: "billing:read",
});

export const invitePartner = defineAction({
  id: "invite-partner",
  label: "action.invite-partner",
  icon: IconUserPlus,
  group: "create",
  to: "/partners/invite",
  scope: "contracts:write",
});

export const newLink = defineAction({
  id: "new-link",
  label: "action.new-link",
  icon: IconLink,
  group: "create",
  to: "/links",
  search: { focus: "new" },
  scope: "links:write",
});

export const newOffer = defineAction({
  id: "new-offer",
  label: "action.new-offer",
  icon: IconFileText,
  group: "create",
  to: "/offers/new",
  scope: "contracts:write",
  capabilities: ["sell", "manage", "network"],
});

export const newProgramme = defineAction({
  id: "new-programme",
  label: "action.new-programme",
  icon: IconBuildingStore,
  group: "create",
  to: "/programmes/new",
  scope: "contracts:write",
  capabilities: ["sell"],
});

export const newPayoutRun = defineAction({
  id: "new-payout-run",
  label: "action.new-payout-run",
  icon: IconCoins,
  group: "create",
  to: "/payout-runs/new",
  scope: "billing:write",
});

export const organisation = defineAction({
  id: "organisation",
  label: "nav.organisation",
  icon: IconBuilding,
  group: "settings",
  to: "/organisation",
  scope: "organisations:read",
});

export const members = defineAction({
  id: "members",
  label: "nav.members",
  icon: IconUsers,
  group: "settings",
  to: "/members",
  scope: "organisations:read",
});

export const keys = defineAction({
  id: "keys",
  label: "nav.keys",
  icon: IconKey,
  group: "settings",
  to: "/keys",
  scope: "organisations:read",
});

export const security = defineAction({ id: "security", label: "nav.security", icon: IconShieldLock, group: "settings", to: "/security" });

export const auditLog = defineAction({
  id: "audit-log",
  label: "nav.audit-log",
  icon: IconHistory,
  group: "settings",
  to: "/audit-log",
  scope: "organisations:read",
});

export const mails = defineAction({
  id: "mails",
  label: "nav.mails",
  icon: IconMail,
  group: "settings",
  to: "/mails",
  scope: "members:write",
});

export const instance = defineAction({
  id: "instance",
  label: "nav.instance",
  icon: IconServerCog,
  group: "settings",
  to: "/instance",
  scope: "instance:admin",
  operatorOnly: true,
});

export const allActions = [
  home,
  partners,
  programmes,
  contracts,
  links,
  tracking,
  transactions,
  reports,
  earnings,
  finance,
  invitePartner,
  newLink,
  newOffer,
  newProgramme,
  newPayoutRun,
  organisation,
  members,
  keys,
  security,
  auditLog,
  mails,
  instance,
] as const;
