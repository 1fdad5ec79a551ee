import { listLinks, updateLink } from "@biotop/wire";
import { Anchor, Box, Button, Group, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconLink } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useMay } from "../../api/session.ts";
import { usePagedApi, useSend } from "../../api/use-api.ts";
import { countText, dateText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { CopyValueButton } from "../../ui/copy-field.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastProblem, toastWithUndo } from "../../ui/toast.ts";
import { QuickLink } from "./quick-link.tsx";

type LinkRow = Answer<typeof listLinks>["rows"][number];

export function LinksPage() {
  const t = useText();
  const may = useMay();
  return (
    <Page title={t("nav.links")} lead={t("links.lead")}>
      {may("links:write") && <QuickLink />}
      <LinkList />
    </Page>
  );
}

function LinkList() {
  const t = useText();
  const route: { readonly search?: string } = useSearch({ strict: false });
  const [text, setText] = useState(route.search ?? "");
  const [search] = useDebouncedValue(text, 250);
  const links = usePagedApi(listLinks, { query: { search } });
  const columns = useLinkColumns();
  return (
    <Card
      title={t("links.all")}
      actions={
        <TextInput
          size="xs"
          w={220}
          aria-label={t("links.search")}
          placeholder={t("links.search")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
      flush
    >
      <QueryView query={links}>
        {({ pages }) => (
          <DataTable
            label={t("links.all")}
            rows={pages.flatMap((page) => page.rows)}
            columns={columns}
            rowId={(row) => row.id}
            more={links.hasNextPage ? { load: () => void links.fetchNextPage(), isLoading: links.isFetchingNextPage } : undefined}
            empty={<EmptyState icon={IconLink} title={t("links.empty")} text={t("links.empty-text")} />}
          />
        )}
      </QueryView>
    </Card>
  );
}

function useLinkColumns(): readonly Column<LinkRow>[] {
  const t = useText();
  return [
    {
      key: "link",
      title: t("links.link"),
      cell: (row) => (
        <Box maw={420}>
          <Text fz="sm" fw={550} truncate>
            {row.label || row.key}
          </Text>
          <Anchor href={row.targetUrl} target="_blank" rel="noreferrer" fz="xs" c="dimmed" truncate display="block">
            {row.targetUrl}
          </Anchor>
        </Box>
      ),
    },
    { key: "programme", title: t("partners.programme"), cell: (row) => row.programme.name, wideOnly: true },
    { key: "partner", title: t("partners.partner"), cell: (row) => row.partner.name, wideOnly: true },
    { key: "clicks", title: t("links.clicks"), cell: (row) => countText(row.clicks), numeric: true },
    { key: "created", nowrap: true, title: t("links.created"), cell: (row) => dateText(row.createdAt), wideOnly: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state} />, wideOnly: true },
    {
      key: "actions",
      title: "",
      cell: (row) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <CopyValueButton compact value={row.url} />
          {row.can.change && <PauseButton link={row} />}
        </Group>
      ),
    },
  ];
}

function PauseButton({ link }: { readonly link: LinkRow }) {
  const t = useText();
  const send = useSend(updateLink);
  const next = link.state === "active" ? "paused" : "active";
  const change = (state: "active" | "paused", onDone?: () => void) =>
    send.mutate({ params: { linkId: link.id }, body: { state } }, { onError: toastProblem, ...(onDone ? { onSuccess: onDone } : {}) });
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      loading={send.isPending}
      onClick={() => change(next, () => toastWithUndo(t(`links.now-${next}`), () => change(link.state)))}
    >
      {t(next === "paused" ? "links.pause" : "links.resume")}
    </Button>
  );
}
