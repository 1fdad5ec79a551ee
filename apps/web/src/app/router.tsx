import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { queryClient } from "../api/query-client.ts";
import { sessionQuery } from "../api/session.ts";
import { CrashPage, NotFoundPage } from "./dead-ends.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashPage });

const workspace = createRoute({
  getParentRoute: () => root,
  id: "workspace",
  component: lazyRouteComponent(() => import("../shell/workspace.tsx"), "Workspace"),
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session.user || session.isSecondFactorNeeded) redirect({ to: "/sign-in", search: { to: location.href } as never, throw: true });
  },
});

type Loader = () => Promise<Record<string, unknown>>;

function publicPage(path: string, load: Loader, name: string) {
  return createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load as never, name as never) });
}

function page(path: string, load: Loader, name: string) {
  return createRoute({ getParentRoute: () => workspace, path, component: lazyRouteComponent(load as never, name as never) });
}

const publicPages = [
  publicPage("/sign-in", () => import("../features/sign-in/sign-in-page.tsx"), "SignInPage"),
  publicPage("/password-reset", () => import("../features/password-reset/request-link-page.tsx"), "RequestLinkPage"),
  publicPage("/password-reset/$token", () => import("../features/password-reset/new-password-page.tsx"), "NewPasswordPage"),
  publicPage("/setup", () => import("../features/setup/setup-page.tsx"), "SetupPage"),
  publicPage("/invitations/$token", () => import("../features/invitation/invitation-page.tsx"), "InvitationPage"),
  publicPage("/imprint", () => import("../features/legal/legal-page.tsx"), "ImprintPage"),
  publicPage("/privacy", () => import("../features/legal/legal-page.tsx"), "PrivacyPage"),
];

const workspacePages = [
  page("/", () => import("../features/home/home-page.tsx"), "HomePage"),
  page("/partners", () => import("../features/partners/partners-page.tsx"), "PartnersPage"),
  page("/partners/invite", () => import("../features/partners/invite-page.tsx"), "InvitePage"),
  page("/programmes", () => import("../features/programmes/programmes-page.tsx"), "ProgrammesPage"),
  page("/programmes/new", () => import("../features/programmes/new-programme-page.tsx"), "NewProgrammePage"),
  page("/programmes/$programmeId", () => import("../features/programmes/programme-page.tsx"), "ProgrammePage"),
  page("/offers/new", () => import("../features/offers/new-offer-page.tsx"), "NewOfferPage"),
  page("/offers/$offerId", () => import("../features/offers/offer-page.tsx"), "OfferPage"),
  page("/contracts", () => import("../features/contracts/contracts-page.tsx"), "ContractsPage"),
  page("/contracts/$contractId", () => import("../features/contracts/contract-page.tsx"), "ContractPage"),
  page("/proposals/new", () => import("../features/negotiation/new-proposal-page.tsx"), "NewProposalPage"),
  page("/proposals/$proposalId", () => import("../features/negotiation/proposal-page.tsx"), "ProposalPage"),
  page("/links", () => import("../features/links/links-page.tsx"), "LinksPage"),
  page("/tracking", () => import("../features/tracking/tracking-page.tsx"), "TrackingPage"),
  page("/transactions", () => import("../features/transactions/transactions-page.tsx"), "TransactionsPage"),
  page("/transactions/$transactionId", () => import("../features/transactions/transaction-page.tsx"), "TransactionPage"),
  page("/reports", () => import("../features/reports/report-page.tsx"), "ReportPage"),
  page("/earnings", () => import("../features/earnings/earnings-page.tsx"), "EarningsPage"),
  page("/finance", () => import("../features/finance/finance-page.tsx"), "FinancePage"),
  page("/documents/$documentId", () => import("../features/finance/document-page.tsx"), "DocumentPage"),
  page("/payout-runs/new", () => import("../features/finance/new-payout-run-page.tsx"), "NewPayoutRunPage"),
  page("/payout-runs/$runId", () => import("../features/finance/payout-run-page.tsx"), "PayoutRunPage"),
  page("/organisation", () => import("../features/organisation/organisation-page.tsx"), "OrganisationPage"),
  page("/members", () => import("../features/members/members-page.tsx"), "MembersPage"),
  page("/keys", () => import("../features/keys/keys-page.tsx"), "KeysPage"),
  page("/security", () => import("../features/security/security-page.tsx"), "SecurityPage"),
  page("/audit-log", () => import("../features/audit-log/audit-log-page.tsx"), "AuditLogPage"),
  page("/mails", () => import("../features/mails/mails-page.tsx"), "MailsPage"),
  page("/notifications", () => import("../features/notifications/notifications-page.tsx"), "NotificationsPage"),
  page("/instance", () => import("../features/instance/instance-page.tsx"), "InstancePage"),
];

export const router = createRouter({
  routeTree: root.addChildren([...publicPages, workspace.addChildren(workspacePages)]),
  defaultPreload: "intent",
  scrollRestoration: true,
});
