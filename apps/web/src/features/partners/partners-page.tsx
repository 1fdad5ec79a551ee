import { listContracts, listInvitations, revokeInvitation } from "@biotop/wire";
import { Anchor, Button, Stack, Text } from "@mantine/core";
import { IconUserPlus, IconUsersGroup } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useMay, useMembership } from "../../api/session.ts";
import { useApi, usePagedApi, useSend } from "../../api/use-api.ts";
import { dateText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone, toastProblem } from "../../ui/toast.ts";

type Contract = Answer<typeof listContracts>["rows"][number];
type Invitation = Answer<typeof listInvitations>["rows"][number];

export function PartnersPage() {
  const t = useText();
  const may = useMay();
  const invite = may("contracts:write") && (
    <Button component={Link} to="/partners/invite" leftSection={<IconUserPlus size={16} aria-hidden />}>
      {t("action.invite-partner")}
    </Button>
  );
  return (
    <Page title={t("nav.partners")} lead={t("partners.lead")} actions={invite}>
      <Partnerships invite={invite} />
      <Invitations />
    </Page>
  );
}

function Partnerships({ invite }: { readonly invite: React.ReactNode }) {
  const t = useText();
  const local = useLocalText();
  const navigate = useNavigate();
  const own = useMembership();
  const contracts = usePagedApi(listContracts, { query: {} });
  const columns: readonly Column<Contract>[] = [
    {
      key: "partner",
      title: t("partners.partner"),
      cell: (row) => (
        <Anchor component={Link} to={`/contracts/${row.id}`} fz="sm" fw={550}>
          {row.parties
            .filter((party) => party.org !== own?.id)
            .map((party) => party.name)
            .join(", ")}
        </Anchor>
      ),
    },
    { key: "programme", title: t("partners.programme"), cell: (row) => row.programmeName, wideOnly: true },
    { key: "headline", title: t("partners.terms"), cell: (row) => <Text fz="sm">{local(row.headline)}</Text> },
    { key: "since", nowrap: true, title: t("partners.since"), cell: (row) => dateText(row.effectiveFrom), wideOnly: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
  ];
  return (
    <Card title={t("partners.in-force")} flush>
      <QueryView query={contracts}>
        {({ pages }) => (
          <DataTable
            label={t("partners.in-force")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/contracts/${row.id}` })}
            more={
              contracts.hasNextPage ? { load: () => void contracts.fetchNextPage(), isLoading: contracts.isFetchingNextPage } : undefined
            }
            empty={<EmptyState icon={IconUsersGroup} title={t("partners.empty")} text={t("partners.empty-text")} actions={invite} />}
          />
        )}
      </QueryView>
    </Card>
  );
}

function Invitations() {
  const t = useText();
  const invitations = useApi(listInvitations, { query: { kind: "partner", limit: 200 } });
  const revoke = useSend(revokeInvitation, { onDone: () => toastDone(t("partners.revoked")) });
  const columns: readonly Column<Invitation>[] = [
    { key: "email", title: t("sign-in.email"), cell: (row) => row.email },
    { key: "organisation", title: t("partners.organisation"), cell: (row) => row.organisationName ?? "–", wideOnly: true },
    { key: "created", nowrap: true, title: t("partners.invited-on"), cell: (row) => dateText(row.createdAt), wideOnly: true },
    { key: "expires", nowrap: true, title: t("partners.expires"), cell: (row) => dateText(row.expiresAt), wideOnly: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state === "open" ? "invited" : row.state} /> },
    {
      key: "actions",
      title: "",
      cell: (row) =>
        row.can.revoke && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => revoke.mutate({ params: { invitationId: row.id } }, { onError: toastProblem })}
          >
            {t("partners.revoke")}
          </Button>
        ),
    },
  ];
  if (!invitations.data || invitations.data.rows.length === 0) return null;
  return (
    <Card title={t("partners.invitations")} flush>
      <Stack gap={0}>
        <DataTable label={t("partners.invitations")} rows={invitations.data.rows} columns={columns} rowId={(row) => row.id} empty={null} />
      </Stack>
    </Card>
  );
}
