import type {
  CommissionLineId,
  ContractId,
  ContractVersionId,
  ConversionId,
  Currency,
  DocumentId,
  Instant,
  OrgId,
  ProgrammeId,
} from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Line, LineStage } from "../domain/line.ts";
import type { Trace } from "../domain/trace.ts";

export type LineRow = {
  readonly id: CommissionLineId;
  readonly conversion_id: ConversionId;
  readonly partner_id: OrgId;
  readonly payer_org: OrgId;
  readonly payee_org: OrgId;
  readonly contract_id: ContractId;
  readonly contract_version_id: ContractVersionId;
  readonly kind: string;
  readonly no: number;
  readonly currency: Currency;
  readonly amount_minor: bigint;
  readonly stage: LineStage;
  readonly billable_at: Instant | null;
  readonly settlement: Line["settlement"];
  readonly document_id: DocumentId | null;
  readonly document_position: number | null;
  readonly corrects: CommissionLineId | null;
  readonly trace: Trace;
};

export const lineColumns = `l.id, l.conversion_id, l.partner_id, l.payer_org, l.payee_org, l.contract_id, l.contract_version_id, l.kind,
  l.no, l.currency, l.amount_minor, l.stage, l.billable_at, l.settlement, l.document_id, l.document_position, l.corrects, l.trace`;

/** Lines of conversions that the caller has locked, in the order of their numbers. */
export async function linesOf(tx: Tx, ids: readonly ConversionId[]): Promise<ReadonlyMap<ConversionId, readonly Line[]>> {
  const found = new Map<ConversionId, Line[]>();
  if (ids.length === 0) return found;
  const { rows } = await tx.query<LineRow>(
    `select ${lineColumns} from transactions.commission_line l where l.conversion_id = any($1::text[])
     order by l.conversion_id, l.payee_org, l.kind, l.no`,
    [ids],
    "transactions-lines",
  );
  for (const row of rows) {
    const list = found.get(row.conversion_id) ?? [];
    list.push(lineOf(row));
    found.set(row.conversion_id, list);
  }
  return found;
}

export function lineOf(row: LineRow): Line {
  return {
    id: row.id,
    payer: row.payer_org,
    payee: row.payee_org,
    partner: row.partner_id,
    contract: row.contract_id,
    contractVersion: row.contract_version_id,
    kind: row.kind,
    no: row.no,
    currency: row.currency,
    amountMinor: row.amount_minor,
    stage: row.stage,
    billableAt: row.billable_at ?? undefined,
    settlement: row.settlement,
    document:
      row.document_id === null || row.document_position === null ? undefined : { id: row.document_id, position: row.document_position },
    corrects: row.corrects ?? undefined,
    trace: row.trace,
  };
}

export type LineOf = {
  readonly conversion: ConversionId;
  readonly programme: ProgrammeId;
  readonly occurredAt: Instant;
  readonly line: Line;
};

/** Adds new lines and brings unbilled ones to their new amount; a billed line is never touched. */
export async function saveLines(tx: Tx, lines: readonly LineOf[]): Promise<void> {
  if (lines.length === 0) return;
  const column = <T>(read: (each: LineOf) => T) => lines.map(read);
  await tx.query(
    `insert into transactions.commission_line as l (id, conversion_id, programme_id, partner_id, payer_org, payee_org, contract_id,
       contract_version_id, kind, no, currency, amount_minor, stage, billable_at, settlement, corrects, occurred_at, trace)
     select id, conversion, programme, partner, payer, payee, contract, version, kind, no, currency, amount, stage, billable,
       'unbilled', corrects, occurred_at, trace
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::integer[], $11::text[], $12::bigint[], $13::text[], $14::timestamptz[], $15::text[], $16::timestamptz[], $17::jsonb[])
     as n(id, conversion, programme, partner, payer, payee, contract, version, kind, no, currency, amount, stage, billable, corrects,
       occurred_at, trace)
     on conflict (id) do update set amount_minor = excluded.amount_minor, stage = excluded.stage, billable_at = excluded.billable_at,
       trace = excluded.trace, partner_id = excluded.partner_id, payer_org = excluded.payer_org, contract_id = excluded.contract_id,
       contract_version_id = excluded.contract_version_id, currency = excluded.currency
     where l.settlement = 'unbilled'`,
    [
      column(({ line }) => line.id),
      column(({ conversion }) => conversion),
      column(({ programme }) => programme),
      column(({ line }) => line.partner),
      column(({ line }) => line.payer),
      column(({ line }) => line.payee),
      column(({ line }) => line.contract),
      column(({ line }) => line.contractVersion),
      column(({ line }) => line.kind),
      column(({ line }) => line.no),
      column(({ line }) => line.currency),
      column(({ line }) => line.amountMinor),
      column(({ line }) => line.stage),
      column(({ line }) => line.billableAt ?? null),
      column(({ line }) => line.corrects ?? null),
      column(({ occurredAt }) => occurredAt),
      column(({ line }) => JSON.stringify(line.trace)),
    ],
    "transactions-save-lines",
  );
}
