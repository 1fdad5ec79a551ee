import type { DocumentId } from "@biotop/kernel";
import { getDocument } from "@biotop/wire";
import { Alert, Anchor, Box, Grid, List, Stack, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { useMay, useMembership } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { countText, dayText, monthText, ppmText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { FileButtons } from "./documents.tsx";
import { HoldButton } from "./hold-button.tsx";
import { WaitingReasons } from "./waiting-reasons.tsx";

type Document = Answer<typeof getDocument>;
type Line = Document["lines"][number];

export function DocumentPage() {
  const { documentId } = useParams({ strict: false }) as { readonly documentId: DocumentId };
  const document = useApi(getDocument, { params: { documentId } });
  return <QueryView query={document}>{(found) => <DocumentView document={found} />}</QueryView>;
}

function DocumentView({ document }: { readonly document: Document }) {
  const t = useText();
  const may = useMay();
  const own = useMembership();
  const mayHold = may("billing:write") && document.issuer.id === own?.id && document.settlement === "open";
  return (
    <Page
      title={t("finance.document-title", { number: document.number })}
      lead={`${monthText(document.month)} · ${document.issuer.name} → ${document.supplier.name}`}
      badge={<StateBadge state={document.settlement === "open" ? "issued" : document.settlement} />}
      crumbs={[{ label: t("nav.finance"), to: "/finance" }]}
      actions={
        <>
          {mayHold && <HoldButton document={document.id} isHeld={document.waiting.some((reason) => reason.kind === "on-hold")} />}
          <FileButtons document={document.id} />
        </>
      }
    >
      {document.waiting.length > 0 && (
        <Alert color="amber" title={t("earnings.not-yet")}>
          <WaitingReasons reasons={document.waiting} />
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <PartyCard title={t("finance.issuer")} party={document.issuerDetails} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <PartyCard title={t("finance.supplier")} party={document.supplierDetails} />
        </Grid.Col>
      </Grid>
      <Card title={t("finance.lines")} flush>
        <Lines document={document} />
      </Card>
      <Sums document={document} />
    </Page>
  );
}

function PartyCard({ title, party }: { readonly title: string; readonly party: Document["issuerDetails"] }) {
  const t = useText();
  return (
    <Card title={title}>
      <Text fz="sm" fw={600}>
        {party.name}
      </Text>
      <Text fz="sm">{party.street}</Text>
      <Text fz="sm">
        {party.country} {party.postalCode} {party.city}
      </Text>
      <Text fz="xs" c="dimmed" mt={6}>
        {[party.vatId && `${t("company.vat-id")} ${party.vatId}`, party.taxNumber && `${t("company.tax-number")} ${party.taxNumber}`]
          .filter(Boolean)
          .join(" · ")}
      </Text>
    </Card>
  );
}

function Lines({ document }: { readonly document: Document }) {
  const t = useText();
  const columns: readonly Column<Line>[] = [
    { key: "position", title: "#", cell: (row) => row.position },
    {
      key: "description",
      title: t("finance.description"),
      cell: (row) => (
        <Box>
          <Text fz="sm">{row.description}</Text>
          {row.corrects && (
            <Text fz="xs" c="dimmed">
              <Anchor component={Link} to={`/documents/${row.corrects.documentId}`} fz="xs">
                {t("finance.corrects", { number: row.corrects.document, position: row.corrects.position })}
              </Anchor>
            </Text>
          )}
        </Box>
      ),
    },
    { key: "count", title: t("finance.transactions"), cell: (row) => countText(row.transactions), numeric: true, wideOnly: true },
    { key: "vat", title: t("finance.vat-category"), cell: (row) => row.vatCategory, wideOnly: true },
    { key: "net", title: t("finance.net"), cell: (row) => <Amount money={row.net} />, numeric: true },
  ];
  return (
    <DataTable label={t("finance.lines")} rows={document.lines} columns={columns} rowId={(row) => String(row.position)} empty={null} />
  );
}

function Sums({ document }: { readonly document: Document }) {
  const t = useText();
  return (
    <Card title={t("finance.sums")}>
      <Stack gap="md">
        <Facts
          facts={[
            { label: t("finance.net"), value: <Amount money={document.net} /> },
            { label: t("finance.vat"), value: <Amount money={document.vat} /> },
            { label: t("finance.gross"), value: <Amount money={document.gross} strong /> },
            { label: t("finance.issued-on"), value: dayText(document.issuedOn) },
            ...document.vatBreakdown.map((row) => ({
              label: t("finance.vat-line", { category: row.category, rate: ppmText(row.ratePpm) }),
              value: (
                <>
                  <Amount money={row.vat} />{" "}
                  <Text span fz="xs" c="dimmed">
                    {row.reason}
                  </Text>
                </>
              ),
            })),
            ...(document.payoutRun
              ? [
                  {
                    label: t("finance.payout-run"),
                    value: (
                      <Anchor component={Link} to={`/payout-runs/${document.payoutRun}`} fz="sm">
                        {t("finance.open-run")}
                      </Anchor>
                    ),
                  },
                ]
              : []),
          ]}
        />
        <List fz="xs" c="dimmed">
          {document.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
          {document.files.map((file) => (
            <List.Item key={file.format}>
              {file.format.toUpperCase()} · SHA-256 <span className="mono">{file.sha256}</span>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Card>
  );
}
