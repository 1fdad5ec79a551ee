import { programmesByIds } from "@biotop/contracts";
import {
  assert,
  type CommissionLineId,
  type ContractId,
  type ContractVersionId,
  type ConversionId,
  type Currency,
  type DocumentId,
  type Instant,
  type OrgId,
  type ProgrammeId,
} from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** Approved lines of one contract that wait for a document. */
export type BillableContract = {
  readonly payee: OrgId;
  readonly contract: ContractId;
  /** The newest version among the lines. */
  readonly version: ContractVersionId;
  readonly currency: Currency;
};

/** Contracts of a payer with approved lines that no document carries, up to but not including an instant. */
export async function billableContracts(
  tx: Tx,
  of: { readonly payer: OrgId; readonly until: Instant },
): Promise<readonly BillableContract[]> {
  const { rows } = await tx.query<BillableContract>(
    `select payee_org as payee, contract_id as contract, max(contract_version_id) as version, currency
     from transactions.commission_line
     where payer_org = $1 and settlement = 'unbilled' and stage = 'approved' and amount_minor <> 0 and billable_at < $2
     group by payee_org, contract_id, currency order by payee_org, contract_id, currency`,
    [of.payer, of.until],
    "transactions-billable",
  );
  return rows;
}

export type TakenLine = {
  readonly id: CommissionLineId;
  readonly conversion: ConversionId;
  readonly contract: ContractId;
  readonly contractVersion: ContractVersionId;
  readonly programme: ProgrammeId;
  readonly programmeName: string;
  /** `commission` for the earner, `split:<id>` for every other share. */
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** The billed line that this one takes back in part, and where it stands. */
  readonly corrects: CommissionLineId | null;
  readonly correctsDocument: { readonly document: DocumentId; readonly position: number } | null;
};

type TakenRow = Omit<TakenLine, "programmeName" | "correctsDocument"> & {
  readonly document: DocumentId | null;
  readonly position: number | null;
};

/**
 * Locks the lines that a document may carry: until the transaction ends, no return or decline slips in between. A further change to
 * one of them becomes a line of its own for the next document.
 */
export async function takeForDocument(
  tx: Tx,
  of: { readonly payer: OrgId; readonly payee: OrgId; readonly contract: ContractId; readonly until: Instant },
): Promise<readonly TakenLine[]> {
  await lockConversionsOf(tx, of);
  const { rows } = await tx.query<TakenRow>(
    `select l.id, l.conversion_id as conversion, l.contract_id as contract, l.contract_version_id as "contractVersion",
       l.programme_id as programme, l.kind, l.amount_minor as "amountMinor", l.currency, l.corrects,
       billed.document_id as document, billed.document_position as position
     from transactions.commission_line l
     left join transactions.commission_line billed on billed.id = l.corrects
     where l.payer_org = $1 and l.payee_org = $2 and l.contract_id = $3 and l.settlement = 'unbilled' and l.stage = 'approved'
       and l.amount_minor <> 0 and l.billable_at < $4
     order by l.occurred_at, l.id for update of l`,
    [of.payer, of.payee, of.contract, of.until],
    "transactions-take-for-document",
  );
  const programmes = await programmesByIds(tx, [...new Set(rows.map((row) => row.programme))]);
  const names = new Map(programmes.map((programme) => [programme.id, programme.name]));
  return rows.map(({ document, position, ...line }) => ({
    ...line,
    programmeName: names.get(line.programme) ?? line.programme,
    correctsDocument: document === null || position === null ? null : { document, position },
  }));
}

/** Changes lock the conversion first, then its lines; taking does the same, in the same order. */
async function lockConversionsOf(
  tx: Tx,
  of: { readonly payer: OrgId; readonly payee: OrgId; readonly contract: ContractId; readonly until: Instant },
): Promise<void> {
  await tx.query(
    `select c.id from transactions.conversion c where c.id in (
       select l.conversion_id from transactions.commission_line l
       where l.payer_org = $1 and l.payee_org = $2 and l.contract_id = $3 and l.settlement = 'unbilled' and l.stage = 'approved'
         and l.amount_minor <> 0 and l.billable_at < $4)
     order by c.id for update`,
    [of.payer, of.payee, of.contract, of.until],
    "transactions-lock-for-document",
  );
}

export type BilledLine = { readonly line: CommissionLineId; readonly document: DocumentId; readonly position: number };

export async function markBilled(tx: Tx, lines: readonly BilledLine[]): Promise<void> {
  if (lines.length === 0) return;
  const { rowCount } = await tx.query(
    `update transactions.commission_line l set settlement = 'billed', document_id = b.document, document_position = b.position
     from unnest($1::text[], $2::text[], $3::integer[]) as b(line, document, position)
     where l.id = b.line and l.settlement = 'unbilled' and l.stage = 'approved'`,
    [lines.map((each) => each.line), lines.map((each) => each.document), lines.map((each) => each.position)],
    "transactions-mark-billed",
  );
  assert(rowCount === lines.length, "a commission line is in at most one document");
}

/** The documents are paid; harmless when repeated. */
export async function markPaid(tx: Tx, documents: readonly DocumentId[]): Promise<void> {
  if (documents.length === 0) return;
  await tx.query(
    "update transactions.commission_line set settlement = 'paid' where document_id = any($1::text[]) and settlement = 'billed'",
    [documents],
    "transactions-mark-paid",
  );
}
