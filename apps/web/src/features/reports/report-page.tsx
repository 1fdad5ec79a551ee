import type { LocalDate, OrgId, ProgrammeId } from "@biotop/kernel";
import { downloadReport, getInstance, getReport } from "@biotop/wire";
import { Button, Group, NativeSelect, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { download } from "../../api/call.ts";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastProblem } from "../../ui/toast.ts";
import { PeriodPicker } from "./period-picker.tsx";
import { todayOf } from "./periods.ts";
import { ReportResult } from "./report-result.tsx";
import { type By, bys, reportState } from "./report-state.ts";

/** Everything that is chosen stands in the address: a report is a link. */
export function ReportPage() {
  const t = useText();
  const instance = useApi(getInstance);
  return (
    <Page title={t("nav.reports")} lead={t("reports.lead")}>
      <QueryView query={instance}>{(facts) => <Report today={todayOf(facts.clock)} />}</QueryView>
    </Page>
  );
}

function Report({ today }: { readonly today: LocalDate }) {
  const t = useText();
  const navigate = useNavigate();
  const [isLoading, setIsLoading] = useState(false);
  const state = reportState(useSearch({ strict: false }), today);
  const set = (change: Partial<typeof state>) => void navigate({ to: "/reports", search: { ...state, ...change } as never, replace: true });
  const query = {
    from: state.from,
    to: state.to,
    by: state.by,
    ...(state.partner ? { partner: state.partner as OrgId } : {}),
    ...(state.programme ? { programme: state.programme as ProgrammeId } : {}),
    ...(state.sub1 ? { sub1: state.sub1 } : {}),
  };
  const report = useApi(getReport, { query }, { keepPrevious: true });
  const save = async () => {
    setIsLoading(true);
    await download(downloadReport, { query }).catch(toastProblem);
    setIsLoading(false);
  };
  return (
    <Stack gap="md">
      <Card>
        <Group gap="sm" align="flex-end">
          <PeriodPicker from={state.from} to={state.to} today={today} onChange={(from, to) => set({ from, to })} />
          <NativeSelect
            label={t("reports.by")}
            value={state.by}
            onChange={(event) => set({ by: event.currentTarget.value as By })}
            data={bys.map((by) => ({ value: by, label: t(`reports.by-${by}`) }))}
          />
          <TextInput
            label={t("reports.sub1")}
            w={140}
            defaultValue={state.sub1}
            onBlur={(event) => set({ sub1: event.currentTarget.value.trim() })}
          />
          <SegmentedControl
            aria-label={t("reports.view")}
            value={state.view}
            onChange={(view) => set({ view: view as typeof state.view })}
            data={[
              { value: "both", label: t("reports.view-both") },
              { value: "table", label: t("reports.view-table") },
            ]}
          />
          <Button variant="default" loading={isLoading} leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>
            CSV
          </Button>
        </Group>
      </Card>
      <QueryView query={report} skeletonRows={12}>
        {(found) => (
          <ReportResult
            report={found}
            metric={state.metric}
            hasChart={state.view === "both"}
            onMetric={(metric) => set({ metric })}
            onDrill={(by, key) =>
              set(by === "partner" ? { partner: key, by: "day" } : by === "programme" ? { programme: key, by: "partner" } : {})
            }
            {...(state.partner || state.programme ? { onReset: () => set({ partner: "", programme: "" }) } : {})}
          />
        )}
      </QueryView>
    </Stack>
  );
}
