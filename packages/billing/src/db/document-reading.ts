import type { Currency, DocumentId, Instant, OrgId, PayoutId, PayoutRunId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { SelfBillingInvoice } from "../domain/invoice.ts";
import { type DocumentRow, documentColumns } from "./documents.ts";
import { modelOf } from "./invoice-model.ts";

export type DocumentFilter = {
  readonly org: OrgId;
  readonly side?: "issued" | "received" | undefined;
  readonly counterparty?: OrgId | undefined;
  readonly month?: string | undefined;
  readonly settlement?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Newest first; one row more than the limit when there is a next page. Each side is read by its own index. */
export async function listDocuments(tx: Tx, filter: DocumentFilter): Promise<readonly DocumentRow[]> {
  const { rows } = await tx.query<DocumentRow>(
    `select * from (${sideOf("issuer_org", "received")} union all ${sideOf("supplier_org", "issued")}) as document
     order by id desc limit $7`,
    [
      ...[filter.org, filter.side ?? null, filter.counterparty ?? null, filter.month ?? null, filter.settlement ?? null],
      ...[filter.after ?? null, filter.limit + 1],
    ],
    "billing-list-documents",
  );
  return rows;
}

function sideOf(column: "issuer_org" | "supplier_org", otherSide: "issued" | "received"): string {
  return `(select ${documentColumns} from billing.document document
     where document.${column} = $1 and $2::text is distinct from '${otherSide}'
       and ($3::text is null or $3 in (document.issuer_org, document.supplier_org))
       and ($4::text is null or document.month = $4) and ($5::text is null or document.settlement = $5)
       and ($6::text is null or document.id < $6)
     order by document.id desc limit $7)`;
}

export type DocumentDetail = DocumentRow & {
  readonly invoice: SelfBillingInvoice;
  readonly lines: readonly { readonly position: number; readonly programme: string }[];
  readonly files: readonly { readonly format: "pdf" | "xml"; readonly sha256: string; readonly bytes: number }[];
  readonly run: PayoutRunId | null;
};

export async function documentById(tx: Tx, id: DocumentId): Promise<DocumentDetail | undefined> {
  const { rows } = await tx.query<DocumentRow & { readonly model: unknown; readonly run: PayoutRunId | null }>(
    `select ${documentColumns}, document.model, (select run_id from billing.payout where payout.id = document.payout_id) as run
     from billing.document document where document.id = $1`,
    [id],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { rows: lines } = await tx.query<DocumentDetail["lines"][number]>(
    "select position, programme from billing.document_line where document_id = $1 order by position",
    [id],
  );
  const { rows: files } = await tx.query<DocumentDetail["files"][number]>(
    "select format, sha256, length(bytes) as bytes from billing.document_file where document_id = $1 order by format",
    [id],
  );
  const { model, ...rest } = row;
  return { ...rest, invoice: modelOf(model), lines, files };
}

export type StoredFile = { readonly number: string; readonly issuer: OrgId; readonly supplier: OrgId; readonly bytes: Uint8Array };

export async function documentFile(tx: Tx, id: DocumentId, format: "pdf" | "xml"): Promise<StoredFile | undefined> {
  const { rows } = await tx.query<StoredFile>(
    `select document.number, file.issuer_org as issuer, file.supplier_org as supplier, file.bytes
     from billing.document_file file join billing.document document on document.id = file.document_id
     where file.document_id = $1 and file.format = $2`,
    [id, format],
  );
  return rows[0];
}

export type ReceivedPayout = {
  readonly id: PayoutId;
  readonly payer: OrgId;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly paidAt: Instant;
  readonly isApprovedAlone: boolean;
  readonly documents: readonly { readonly id: DocumentId; readonly number: string }[];
};

/** What a payee was paid, newest first. */
export async function receivedPayouts(tx: Tx, payee: OrgId, limit: number): Promise<readonly ReceivedPayout[]> {
  const { rows } = await tx.query<ReceivedPayout>(
    `select payout.id, payout.payer_org as payer, payout.currency, payout.amount_minor as "amountMinor",
       payout.paid_at as "paidAt", payout.is_approved_alone as "isApprovedAlone",
       jsonb_agg(jsonb_build_object('id', document.id, 'number', document.number) order by document.id) as documents
     from billing.payout payout join billing.payout_document part on part.payout_id = payout.id
     join billing.document document on document.id = part.document_id
     where payout.payee_org = $1 and payout.paid_at is not null
     group by payout.id order by payout.paid_at desc, payout.id desc limit $2`,
    [payee, limit],
  );
  return rows;
}

/** Gross amounts paid to a payee, by currency. */
export async function paidTotals(tx: Tx, payee: OrgId): Promise<ReadonlyMap<Currency, bigint>> {
  const { rows } = await tx.query<{ currency: Currency; minor: bigint }>(
    `select currency, sum(amount_minor)::bigint as minor from billing.payout where payee_org = $1 and paid_at is not null group by currency`,
    [payee],
  );
  return new Map(rows.map((row) => [row.currency, row.minor]));
}

/** Holds a document back from payout, or lets it go. */
export async function saveHold(tx: Tx, id: DocumentId, reason: string | null): Promise<void> {
  await tx.query("update billing.document set hold_reason = $2 where id = $1", [id, reason]);
}
