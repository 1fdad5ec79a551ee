import type { Currency, DocumentId, Instant, LocalDate, OrgId, PayoutId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { GroupedLine } from "../domain/group-lines.ts";
import type { CorrectedPosition, SelfBillingInvoice } from "../domain/invoice.ts";
import { modelText } from "./invoice-model.ts";

export type NewDocument = {
  readonly id: DocumentId;
  readonly series: string;
  readonly counter: bigint;
  readonly issuedAt: Instant;
  readonly thresholdMinor: bigint;
  readonly month: string;
  readonly invoice: SelfBillingInvoice;
  readonly lines: readonly GroupedLine[];
  readonly files: readonly ArchivedFile[];
};

export type ArchivedFile = { readonly format: "pdf" | "xml"; readonly sha256: string; readonly bytes: Uint8Array };

export async function insertDocument(tx: Tx, document: NewDocument): Promise<void> {
  const { id, invoice, lines, files } = document;
  const issuer = invoice.buyer.org;
  const supplier = invoice.seller.org;
  await tx.query(
    `insert into billing.document (id, issuer_org, supplier_org, series, counter, number, month, issued_on, issued_at, currency,
       net_minor, vat_minor, gross_minor, threshold_minor, model)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      ...[id, issuer, supplier, document.series, document.counter, invoice.number, document.month, invoice.issuedOn, document.issuedAt],
      ...[invoice.currency, invoice.totals.net.minor, invoice.totals.vat.minor, invoice.totals.gross.minor, document.thresholdMinor],
      modelText(invoice),
    ],
    "billing-insert-document",
  );
  await insertLines(tx, document, issuer, supplier);
  await insertItems(tx, id, lines, issuer, supplier);
  for (const file of files) {
    await tx.query(
      `insert into billing.document_file (document_id, format, issuer_org, supplier_org, sha256, bytes) values ($1, $2, $3, $4, $5, $6)`,
      [id, file.format, issuer, supplier, file.sha256, Buffer.from(file.bytes)],
    );
  }
}

async function insertLines(tx: Tx, { id, lines }: NewDocument, issuer: OrgId, supplier: OrgId): Promise<void> {
  await tx.query(
    `insert into billing.document_line (document_id, issuer_org, supplier_org, position, contract_id, programme, name, description,
       transactions, net_minor, corrects_document, corrects_position)
     select $1, $2, $3, line.* from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::bigint[], $11::text[],
       $12::int[]) as line`,
    [
      ...[id, issuer, supplier],
      lines.map((line) => line.position),
      lines.map((line) => line.contract),
      lines.map((line) => line.items[0]?.programme ?? ""),
      lines.map((line) => line.name),
      lines.map((line) => line.description),
      lines.map((line) => line.transactions),
      lines.map((line) => line.net.minor),
      lines.map((line) => line.corrects?.documentId ?? null),
      lines.map((line) => line.corrects?.position ?? null),
    ],
    "billing-insert-lines",
  );
}

async function insertItems(tx: Tx, id: DocumentId, lines: readonly GroupedLine[], issuer: OrgId, supplier: OrgId): Promise<void> {
  const items = lines.flatMap((line) => line.items.map((item) => ({ line: item.id, position: line.position, minor: item.amount.minor })));
  await tx.query(
    `insert into billing.document_item (document_id, issuer_org, supplier_org, line_id, position, amount_minor)
     select $1, $2, $3, item.* from unnest($4::text[], $5::int[], $6::bigint[]) as item`,
    [id, issuer, supplier, items.map((item) => item.line), items.map((item) => item.position), items.map((item) => item.minor)],
    "billing-insert-items",
  );
}

/** Where commission lines were billed: for corrections that name document and position. */
export async function billedPositions(tx: Tx, lines: readonly string[]): Promise<ReadonlyMap<string, CorrectedPosition>> {
  if (lines.length === 0) return new Map();
  const { rows } = await tx.query<CorrectedPosition & { readonly line: string }>(
    `select item.line_id as line, document.id as "documentId", document.number, document.issued_on as "issuedOn", item.position
     from billing.document_item item join billing.document document on document.id = item.document_id
     where item.line_id = any($1::text[])`,
    [lines],
    "billing-billed-positions",
  );
  return new Map(rows.map(({ line, ...position }) => [line, position]));
}

export type DocumentRow = {
  readonly id: DocumentId;
  readonly issuer: OrgId;
  readonly supplier: OrgId;
  readonly number: string;
  readonly month: string;
  readonly issuedOn: LocalDate;
  readonly issuedAt: Instant;
  readonly currency: Currency;
  readonly netMinor: bigint;
  readonly vatMinor: bigint;
  readonly grossMinor: bigint;
  readonly thresholdMinor: bigint;
  readonly settlement: "open" | "in-payout-run" | "paid";
  readonly holdReason: string | null;
  readonly payout: PayoutId | null;
  readonly paidAt: Instant | null;
};

export const documentColumns = `document.id, document.issuer_org as issuer, document.supplier_org as supplier, document.number,
  document.month, document.issued_on as "issuedOn", document.issued_at as "issuedAt", document.currency,
  document.net_minor as "netMinor", document.vat_minor as "vatMinor", document.gross_minor as "grossMinor",
  document.threshold_minor as "thresholdMinor", document.settlement, document.hold_reason as "holdReason",
  document.payout_id as payout, document.paid_at as "paidAt"`;

/** Unpaid documents of a payer or a payee, oldest first; locked when a run is to be made of them. */
export async function unpaidDocuments(
  tx: Tx,
  of: { readonly issuer?: OrgId; readonly supplier?: OrgId },
  lock: "for update" | "" = "",
): Promise<readonly DocumentRow[]> {
  const { rows } = await tx.query<DocumentRow>(
    `select ${documentColumns} from billing.document document
     where document.settlement <> 'paid' and ($1::text is null or document.issuer_org = $1)
       and ($2::text is null or document.supplier_org = $2)
     order by document.id limit 10000 ${lock}`,
    [of.issuer ?? null, of.supplier ?? null],
  );
  return rows;
}

export async function settleDocuments(
  tx: Tx,
  documents: readonly DocumentId[],
  to: { readonly settlement: "open" | "in-payout-run" } | { readonly settlement: "paid"; readonly at: Instant },
  payouts: ReadonlyMap<DocumentId, PayoutId> | null = null,
): Promise<number> {
  const { rowCount } = await tx.query(
    `update billing.document document set settlement = $2, paid_at = $3,
       payout_id = case when $2 = 'open' then null else coalesce(given.payout, document.payout_id) end
     from unnest($1::text[], $4::text[]) as given (id, payout) where document.id = given.id`,
    [documents, to.settlement, to.settlement === "paid" ? to.at : null, documents.map((id) => payouts?.get(id) ?? null)],
  );
  return rowCount ?? 0;
}
