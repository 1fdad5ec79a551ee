import type { ContractId, ContractVersionId } from "@biotop/kernel";
import { getContract, getContractVersion } from "@biotop/wire";
import { Alert, Anchor, Button, NativeSelect, Tabs } from "@mantine/core";
import { IconArrowsExchange, IconLink } from "@tabler/icons-react";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useMay, useMembership } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { dateText, dateTimeText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { DealText } from "../deal/deal-text.tsx";
import { others } from "./contracts-page.tsx";
import { SignedDocument } from "./signed-document.tsx";
import { VersionChanges } from "./version-changes.tsx";

type Contract = Answer<typeof getContract>;

export function ContractPage() {
  const { contractId } = useParams({ strict: false }) as { readonly contractId: ContractId };
  const contract = useApi(getContract, { params: { contractId } });
  return <QueryView query={contract}>{(found) => <ContractView contract={found} />}</QueryView>;
}

function ContractView({ contract }: { readonly contract: Contract }) {
  const t = useText();
  const local = useLocalText();
  const own = useMembership();
  return (
    <Page
      title={`${others(contract.parties, own?.id)} × ${contract.programmeName}`}
      lead={`${local(contract.headline)} · ${t("contracts.since", { date: dateText(contract.effectiveFrom) })}`}
      badge={<StateBadge state={contract.state} />}
      crumbs={[{ label: t("nav.contracts"), to: "/contracts" }]}
      actions={<ContractActions contract={contract} />}
    >
      {contract.openAmendment && (
        <Alert color="blue" title={t("contracts.amendment-open")}>
          <Anchor component={Link} to={`/proposals/${contract.openAmendment}`} fz="sm">
            {t("contracts.amendment-go")}
          </Anchor>
        </Alert>
      )}
      <ContractTabs contract={contract} />
    </Page>
  );
}

function ContractActions({ contract }: { readonly contract: Contract }) {
  const t = useText();
  const may = useMay();
  const own = useMembership();
  return (
    <>
      {contract.earner === own?.id && may("links:write") && (
        <Button
          component={Link}
          to="/links"
          search={{ focus: "new", programme: contract.programme } as never}
          leftSection={<IconLink size={16} aria-hidden />}
        >
          {t("action.new-link")}
        </Button>
      )}
      {contract.can.amend && (
        <Button
          component={Link}
          to="/proposals/new"
          search={{ contract: contract.id } as never}
          variant="default"
          leftSection={<IconArrowsExchange size={16} aria-hidden />}
        >
          {t("contracts.amend")}
        </Button>
      )}
    </>
  );
}

function ContractTabs({ contract }: { readonly contract: Contract }) {
  const t = useText();
  const navigate = useNavigate();
  const search: { readonly tab?: string } = useSearch({ strict: false });
  return (
    <Tabs
      keepMounted={false}
      value={search.tab ?? "summary"}
      onChange={(tab) => void navigate({ to: `/contracts/${contract.id}`, search: { tab } as never, replace: true })}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="summary">{t("contracts.tab-summary")}</Tabs.Tab>
        <Tabs.Tab value="document">{t("contracts.tab-document")}</Tabs.Tab>
        <Tabs.Tab value="versions">{t("contracts.tab-versions", { count: contract.versions.length })}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="summary">
        <Card title={t("deal.preview")}>
          <DealText text={contract.current.text} />
        </Card>
      </Tabs.Panel>
      <Tabs.Panel value="document">
        <SignedDocument version={contract.current} />
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <Versions contract={contract} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Versions({ contract }: { readonly contract: Contract }) {
  const t = useText();
  const navigate = useNavigate();
  const search: { readonly version?: ContractVersionId } = useSearch({ strict: false });
  const chosen = contract.versions.find((each) => each.id === search.version) ?? contract.versions[0];
  const version = useApi(getContractVersion, { params: { versionId: (chosen?.id ?? contract.versionId) as ContractVersionId } });
  return (
    <>
      <NativeSelect
        mb="md"
        maw={420}
        label={t("contracts.choose-version")}
        value={chosen?.id ?? ""}
        onChange={(event) =>
          void navigate({
            to: `/contracts/${contract.id}`,
            search: { tab: "versions", version: event.currentTarget.value } as never,
            replace: true,
          })
        }
        data={contract.versions.map((each) => ({
          value: each.id,
          label: t("contracts.version-label", { no: each.no, date: dateTimeText(each.effectiveFrom) }),
        }))}
      />
      {chosen && chosen.no > 1 && <VersionChanges contract={contract.id} from={chosen.no - 1} to={chosen.no} />}
      <QueryView query={version}>{(found) => <SignedDocument version={found} />}</QueryView>
    </>
  );
}
