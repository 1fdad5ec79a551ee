import type { Currency, Instant, LocalDate, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type MoneyDay = {
  readonly day: LocalDate;
  readonly merchant: OrgId;
  readonly programme: ProgrammeId;
  /** Who earns; empty where nobody does. */
  readonly partner: OrgId | "";
  /** Whose commission the row counts; counts and values stand on the earner's own row. */
  readonly payee: OrgId | "";
  readonly sub1: string;
  readonly currency: Currency;
  readonly settlementCurrency: Currency | "";
  readonly conversions: bigint;
  readonly openCount: bigint;
  readonly approvedCount: bigint;
  readonly declinedCount: bigint;
  readonly valueMinor: bigint;
  readonly openValueMinor: bigint;
  readonly approvedValueMinor: bigint;
  readonly openMinor: bigint;
  readonly approvedMinor: bigint;
};

export type MoneyDayFilter = {
  readonly from?: LocalDate | undefined;
  readonly to?: LocalDate | undefined;
  readonly programme?: ProgrammeId | undefined;
  readonly partner?: OrgId | undefined;
};

export type MoneyDayDimension = "day" | "merchant" | "programme" | "partner" | "payee" | "sub1";

/** Dimensions that a caller does not ask for are summed up; currencies never are. */
export type MoneyDayRow = Partial<Pick<MoneyDay, MoneyDayDimension>> & Omit<MoneyDay, MoneyDayDimension>;

const columns = {
  day: "day",
  merchant: "org_id",
  programme: "programme_id",
  partner: "partner_id",
  payee: "payee_org",
  sub1: "sub1",
} as const satisfies Record<MoneyDayDimension, string>;

/**
 * The daily sums as one organisation may see them: a merchant all of its rows (its cost is the sum over payees), everybody else its
 * own payee rows.
 */
export async function moneyDays(
  tx: Tx,
  org: OrgId,
  filter: MoneyDayFilter,
  by: readonly MoneyDayDimension[],
): Promise<readonly MoneyDayRow[]> {
  const dimensions = by.map((name) => `${columns[name]} as "${name}"`);
  const groups = [...by.map((name) => columns[name]), "currency", "settlement_currency"];
  const { rows } = await tx.query<MoneyDayRow>(
    `select ${[...dimensions, "currency", 'settlement_currency as "settlementCurrency"'].join(", ")},
       sum(conversions)::bigint as conversions, sum(open_count)::bigint as "openCount", sum(approved_count)::bigint as "approvedCount",
       sum(declined_count)::bigint as "declinedCount", sum(value_minor)::bigint as "valueMinor",
       sum(open_value_minor)::bigint as "openValueMinor", sum(approved_value_minor)::bigint as "approvedValueMinor",
       sum(open_minor)::bigint as "openMinor", sum(approved_minor)::bigint as "approvedMinor"
     from transactions.money_day
     where (org_id = $1 or payee_org = $1) and ($2::date is null or day >= $2) and ($3::date is null or day <= $3)
       and ($4::text is null or programme_id = $4) and ($5::text is null or partner_id = $5)
     group by ${groups.join(", ")} order by ${groups.join(", ")}`,
    [org, filter.from ?? null, filter.to ?? null, filter.programme ?? null, filter.partner ?? null],
  );
  return rows;
}

/** How many conversions of a merchant wait for a rate, and how many nobody earns: out of the daily sums. */
export async function unpricedCounts(tx: Tx, org: OrgId): Promise<{ readonly waiting: number; readonly unattributed: number }> {
  const { rows } = await tx.query<{ waiting: bigint; unpriced: bigint }>(
    `select (select count(*) from transactions.conversion where org_id = $1 and pricing = 'waiting') as waiting,
       (select coalesce(sum(conversions), 0)::bigint from transactions.money_day where org_id = $1 and payee_org = '') as unpriced`,
    [org],
  );
  const waiting = Number(rows[0]?.waiting ?? 0n);
  return { waiting, unattributed: Number(rows[0]?.unpriced ?? 0n) - waiting };
}

/** Conversions of a merchant that wait for its decision, and those of them that the contract decides before an instant. */
export async function openDecisions(
  tx: Tx,
  org: OrgId,
  dueBefore: Instant,
): Promise<{ readonly open: number; readonly dueSoon: number; readonly nextDeadline: Instant | undefined }> {
  const { rows } = await tx.query<{ open: bigint; due: bigint; next: Instant | null }>(
    `select count(*) as open, count(*) filter (where deadline_at < $2) as due, min(deadline_at) as next
     from transactions.conversion where org_id = $1 and deadline_at is not null`,
    [org, dueBefore],
  );
  const row = rows[0];
  return { open: Number(row?.open ?? 0n), dueSoon: Number(row?.due ?? 0n), nextDeadline: row?.next ?? undefined };
}

/** When the newest order of each programme was reported. */
export async function lastOrders(tx: Tx, programmes: readonly ProgrammeId[]): Promise<ReadonlyMap<ProgrammeId, Instant>> {
  const { rows } = await tx.query<{ programme: ProgrammeId; at: Instant | null }>(
    `select p.id as programme, (select max(received_at) from transactions.conversion c where c.programme_id = p.id) as at
     from unnest($1::text[]) as p(id)`,
    [programmes],
  );
  return new Map(rows.flatMap(({ programme, at }) => (at === null ? [] : [[programme, at] as const])));
}
