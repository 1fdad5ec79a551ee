import type { ConversionId, Currency, Instant, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type OutcomeKind = "priced" | "unattributed" | "waiting" | "duplicate" | "refused" | "changed" | "reattributed" | "test";

/** What became of a reported row: one row for each receipt, and further ones for later news. */
export type Outcome = {
  readonly org: OrgId;
  readonly receipt: string;
  readonly op: string;
  readonly outcome: OutcomeKind;
  readonly code?: string | undefined;
  readonly programme: ProgrammeId;
  readonly orderId: string;
  readonly event: string;
  readonly category: string;
  readonly changeId?: string | undefined;
  readonly conversion?: ConversionId | undefined;
  readonly partner?: OrgId | undefined;
  readonly value?: { readonly currency: Currency; readonly minor: bigint } | undefined;
  readonly cost?: { readonly currency: Currency; readonly minor: bigint } | undefined;
  readonly at: Instant;
};

export async function insertOutcomes(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const column = <T>(read: (each: Outcome) => T) => outcomes.map(read);
  await tx.query(
    `insert into transactions.outcome (org_id, receipt, op, outcome, code, programme_id, order_id, event, category, change_id,
       conversion_id, partner_id, currency, value_minor, cost_currency, cost_minor, at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::text[], $16::bigint[], $17::timestamptz[])`,
    [
      column((each) => each.org),
      column((each) => each.receipt),
      column((each) => each.op),
      column((each) => each.outcome),
      column((each) => each.code ?? null),
      column((each) => each.programme),
      column((each) => each.orderId),
      column((each) => each.event),
      column((each) => each.category),
      column((each) => each.changeId ?? null),
      column((each) => each.conversion ?? null),
      column((each) => each.partner ?? null),
      column((each) => each.value?.currency ?? null),
      column((each) => each.value?.minor ?? null),
      column((each) => each.cost?.currency ?? null),
      column((each) => each.cost?.minor ?? null),
      column((each) => each.at),
    ],
    "transactions-insert-outcomes",
  );
}

export type StoredOutcome = {
  readonly position: bigint;
  readonly receipt: string;
  readonly op: string;
  readonly outcome: OutcomeKind;
  readonly code: string | null;
  readonly programme: ProgrammeId;
  readonly orderId: string;
  readonly event: string;
  readonly category: string;
  readonly changeId: string | null;
  readonly conversion: ConversionId | null;
  readonly partner: OrgId | null;
  readonly currency: Currency | null;
  readonly valueMinor: bigint | null;
  readonly costCurrency: Currency | null;
  readonly costMinor: bigint | null;
  readonly at: Instant;
};

export async function outcomesAfter(tx: Tx, org: OrgId, after: bigint, limit: number): Promise<readonly StoredOutcome[]> {
  const { rows } = await tx.query<StoredOutcome>(
    `select position, receipt, op, outcome, code, programme_id as programme, order_id as "orderId", event, category,
       change_id as "changeId", conversion_id as conversion, partner_id as partner, currency, value_minor as "valueMinor",
       cost_currency as "costCurrency", cost_minor as "costMinor", at
     from transactions.outcome where org_id = $1 and position > $2 order by position limit $3`,
    [org, after, limit],
    "transactions-outcomes-after",
  );
  return rows;
}
