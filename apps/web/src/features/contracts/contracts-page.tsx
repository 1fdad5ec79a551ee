import type { OrgId } from "@biotop/kernel";
import { listContracts, listProposals } from "@biotop/wire";
import { Anchor, SegmentedControl, Text } from "@mantine/core";
import { IconArrowsExchange, IconFileCheck } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useMembership } from "../../api/session.ts";
import { usePagedApi } from "../../api/use-api.ts";
import { dateText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Proposal = Answer<typeof listProposals>["rows"][number];
type Contract = Answer<typeof listContracts>["rows"][number];
type Turn = "mine" | "theirs" | "closed";

export function ContractsPage() {
  const t = useText();
  return (
    <Page title={t("nav.contracts")} lead={t("contracts.lead")}>
      <Negotiations />
      <Contracts />
    </Page>
  );
}

function Negotiations() {
  const t = useText();
  const navigate = useNavigate();
  const search: { readonly turn?: Turn } = useSearch({ strict: false });
  const turn = search.turn ?? "mine";
  const query = turn === "closed" ? { state: "closed" as const } : { state: "open" as const, turn };
  const proposals = usePagedApi(listProposals, { query });
  const columns = useProposalColumns();
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t("contracts.turn")}
      value={turn}
      onChange={(next) => void navigate({ to: "/contracts", search: { turn: next } as never, replace: true })}
      data={[
        { value: "mine", label: t("contracts.mine") },
        { value: "theirs", label: t("contracts.theirs") },
        { value: "closed", label: t("contracts.closed") },
      ]}
    />
  );
  return (
    <Card title={t("contracts.negotiations")} actions={choice} flush>
      <QueryView query={proposals}>
        {({ pages }) => (
          <DataTable
            label={t("contracts.negotiations")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/proposals/${row.id}` })}
            more={
              proposals.hasNextPage ? { load: () => void proposals.fetchNextPage(), isLoading: proposals.isFetchingNextPage } : undefined
            }
            empty={<EmptyState icon={IconArrowsExchange} title={t(`contracts.empty-${turn}`)} text={t("contracts.empty-text")} />}
          />
        )}
      </QueryView>
    </Card>
  );
}

function useProposalColumns(): readonly Column<Proposal>[] {
  const t = useText();
  const local = useLocalText();
  const own = useMembership();
  return [
    {
      key: "with",
      title: t("contracts.with"),
      cell: (row) => (
        <Anchor component={Link} to={`/proposals/${row.id}`} fz="sm" fw={550}>
          {others(row.parties, own?.id)}
        </Anchor>
      ),
    },
    { key: "programme", title: t("partners.programme"), cell: (row) => row.programmeName, wideOnly: true },
    { key: "headline", title: t("partners.terms"), cell: (row) => <Text fz="sm">{local(row.headline)}</Text> },
    { key: "turn", title: t("contracts.turn-no"), cell: (row) => row.turn, numeric: true, wideOnly: true },
    { key: "changed", nowrap: true, title: t("contracts.changed"), cell: (row) => dateText(row.changedAt), wideOnly: true },
    { key: "state", title: t("list.state"), cell: (row) => <ProposalState proposal={row} /> },
  ];
}

type ProposalLike = { readonly state: string; readonly turnOf: readonly string[] };

/** Open proposals say whose turn it is; closed ones how they ended. */
export function ProposalState({ proposal }: { readonly proposal: ProposalLike }) {
  const own = useMembership();
  if (proposal.state === "open") return <StateBadge state={proposal.turnOf.some((org) => org === own?.id) ? "my-turn" : "their-turn"} />;
  return <StateBadge state={proposal.state === "declined" ? "refused" : proposal.state} />;
}

export function others(parties: readonly { readonly org: OrgId; readonly name: string }[], own: string | undefined): string {
  return parties
    .filter((party) => party.org !== own)
    .map((party) => party.name)
    .join(", ");
}

function Contracts() {
  const t = useText();
  const local = useLocalText();
  const navigate = useNavigate();
  const own = useMembership();
  const contracts = usePagedApi(listContracts, { query: {} });
  const columns: readonly Column<Contract>[] = [
    {
      key: "with",
      title: t("contracts.with"),
      cell: (row) => (
        <Anchor component={Link} to={`/contracts/${row.id}`} fz="sm" fw={550}>
          {others(row.parties, own?.id)}
        </Anchor>
      ),
    },
    { key: "programme", title: t("partners.programme"), cell: (row) => row.programmeName, wideOnly: true },
    { key: "headline", title: t("partners.terms"), cell: (row) => <Text fz="sm">{local(row.headline)}</Text> },
    { key: "version", title: t("contracts.version"), cell: (row) => row.versionNo, numeric: true, wideOnly: true },
    { key: "since", nowrap: true, title: t("partners.since"), cell: (row) => dateText(row.effectiveFrom), wideOnly: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
  ];
  return (
    <Card title={t("contracts.in-force")} flush>
      <QueryView query={contracts}>
        {({ pages }) => (
          <DataTable
            label={t("contracts.in-force")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/contracts/${row.id}` })}
            more={
              contracts.hasNextPage ? { load: () => void contracts.fetchNextPage(), isLoading: contracts.isFetchingNextPage } : undefined
            }
            empty={<EmptyState icon={IconFileCheck} title={t("contracts.none")} text={t("contracts.none-text")} />}
          />
        )}
      </QueryView>
    </Card>
  );
}
