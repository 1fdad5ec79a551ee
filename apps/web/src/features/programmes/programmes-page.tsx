import { listOffers, listProgrammes } from "@biotop/wire";
import { Anchor, Badge, Button, Group, Text } from "@mantine/core";
import { IconBuildingStore, IconFileText, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useMay, useMembership } from "../../api/session.ts";
import { usePagedApi } from "../../api/use-api.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";

type Programme = Answer<typeof listProgrammes>["rows"][number];
type Offer = Answer<typeof listOffers>["rows"][number];

export function ProgrammesPage() {
  const t = useText();
  const may = useMay();
  const membership = useMembership();
  const sells = may("contracts:write") && (membership?.capabilities.includes("sell") ?? false);
  const create = sells && (
    <Button component={Link} to="/programmes/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t("action.new-programme")}
    </Button>
  );
  return (
    <Page title={t("nav.programmes")} lead={t("programmes.lead")} actions={create}>
      <Programmes create={create} />
      <Offers canCreate={sells} />
    </Page>
  );
}

function Programmes({ create }: { readonly create: React.ReactNode }) {
  const t = useText();
  const navigate = useNavigate();
  const own = useMembership();
  const programmes = usePagedApi(listProgrammes, { query: {} });
  const columns: readonly Column<Programme>[] = [
    {
      key: "name",
      title: t("programmes.name"),
      cell: (row) => (
        <Anchor component={Link} to={`/programmes/${row.id}`} fz="sm" fw={550}>
          {row.name}
        </Anchor>
      ),
    },
    { key: "merchant", title: t("programmes.merchant"), cell: (row) => (row.org === own?.id ? t("programmes.own") : row.orgName) },
    { key: "host", title: t("programmes.shop"), cell: (row) => row.hosts[0] ?? row.homeUrl, wideOnly: true },
    { key: "offers", title: t("programmes.offers"), cell: (row) => row.openOffers, numeric: true, wideOnly: true },
    {
      key: "relation",
      title: t("programmes.relation"),
      cell: (row) => (row.contract ? <StateBadge state="in-force" /> : <StateBadge state={row.state} />),
    },
  ];
  return (
    <Card title={t("programmes.programmes")} flush>
      <QueryView query={programmes}>
        {({ pages }) => (
          <DataTable
            label={t("programmes.programmes")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/programmes/${row.id}` })}
            more={
              programmes.hasNextPage ? { load: () => void programmes.fetchNextPage(), isLoading: programmes.isFetchingNextPage } : undefined
            }
            empty={<EmptyState icon={IconBuildingStore} title={t("programmes.empty")} text={t("programmes.empty-text")} actions={create} />}
          />
        )}
      </QueryView>
    </Card>
  );
}

function Offers({ canCreate }: { readonly canCreate: boolean }) {
  const t = useText();
  const local = useLocalText();
  const navigate = useNavigate();
  const offers = usePagedApi(listOffers, { query: {} });
  const columns: readonly Column<Offer>[] = [
    {
      key: "title",
      title: t("offers.title"),
      cell: (row) => (
        <Anchor component={Link} to={`/offers/${row.id}`} fz="sm" fw={550}>
          {row.title}
        </Anchor>
      ),
    },
    { key: "programme", title: t("partners.programme"), cell: (row) => row.programmeName, wideOnly: true },
    { key: "headline", title: t("partners.terms"), cell: (row) => <Text fz="sm">{local(row.headline)}</Text> },
    {
      key: "reach",
      title: t("offers.reach"),
      cell: (row) => <Badge color={row.isOpen ? "moss" : "gray"}>{t(row.isOpen ? "offers.open" : "offers.invited-only")}</Badge>,
      wideOnly: true,
    },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} /> },
  ];
  const create = canCreate && (
    <Button component={Link} to="/offers/new" variant="default" leftSection={<IconFileText size={16} aria-hidden />}>
      {t("action.new-offer")}
    </Button>
  );
  return (
    <Card title={t("offers.offers")} hint={t("offers.hint")} actions={<Group>{create}</Group>} flush>
      <QueryView query={offers}>
        {({ pages }) => (
          <DataTable
            label={t("offers.offers")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            onOpen={(row) => void navigate({ to: `/offers/${row.id}` })}
            more={offers.hasNextPage ? { load: () => void offers.fetchNextPage(), isLoading: offers.isFetchingNextPage } : undefined}
            empty={<EmptyState icon={IconFileText} title={t("offers.empty")} text={t("offers.empty-text")} actions={create} />}
          />
        )}
      </QueryView>
    </Card>
  );
}
