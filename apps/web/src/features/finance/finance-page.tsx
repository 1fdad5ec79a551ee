import { Button, Tabs } from "@mantine/core";
import { IconCoins } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMay } from "../../api/session.ts";
import { useText } from "../../i18n/i18n.ts";
import { Page } from "../../ui/page.tsx";
import { Balances } from "./balances.tsx";
import { Documents } from "./documents.tsx";
import { Payables } from "./payables.tsx";
import { PayoutRuns } from "./payout-runs.tsx";

const tabs = ["documents", "to-pay", "payouts", "ledger"] as const;

export function FinancePage() {
  const t = useText();
  const may = useMay();
  const navigate = useNavigate();
  const search: { readonly tab?: string } = useSearch({ strict: false });
  const actions = may("billing:write") && (
    <Button component={Link} to="/payout-runs/new" leftSection={<IconCoins size={16} aria-hidden />}>
      {t("action.new-payout-run")}
    </Button>
  );
  return (
    <Page title={t("nav.finance")} lead={t("finance.lead")} actions={actions}>
      <Tabs
        keepMounted={false}
        value={search.tab ?? "documents"}
        onChange={(tab) => void navigate({ to: "/finance", search: { tab } as never, replace: true })}
      >
        <Tabs.List mb="md">
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`finance.tab-${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="documents">
          <Documents />
        </Tabs.Panel>
        <Tabs.Panel value="to-pay">
          <Payables />
        </Tabs.Panel>
        <Tabs.Panel value="payouts">
          <PayoutRuns />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <Balances />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
