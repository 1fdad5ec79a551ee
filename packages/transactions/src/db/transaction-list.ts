import type { ConversionId, Currency, Instant, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Validation } from "../domain/conversion.ts";
import { type ConversionDbRow, conversionColumns } from "./conversion-rows.ts";

export type TransactionFilter = {
  readonly state?: Validation | undefined;
  readonly settlement?: "none" | "unbilled" | "billed" | "paid" | undefined;
  readonly pricing?: "waiting" | "priced" | "unattributed" | "test" | undefined;
  readonly programme?: ProgrammeId | undefined;
  readonly partner?: OrgId | undefined;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly orderId?: string | undefined;
};

export type ListedTransaction = ConversionDbRow & {
  /** What the viewer earns with it; null where it has no line of its own. */
  readonly earned_minor: bigint | null;
  readonly earned_currency: Currency | null;
  readonly unbilled: bigint;
  readonly billed: bigint;
  readonly paid: bigint;
};

/** Where the next page goes on: after this time and id. */
export type Place = { readonly at: Instant; readonly id: string };

/**
 * The conversions of an organisation, newest first: a merchant's own, or those with a line for it. Row-level security is the second
 * wall: what is summed here are only the lines that the organisation is a party of.
 */
export async function listTransactions(
  tx: Tx,
  org: OrgId,
  filter: TransactionFilter,
  page: { readonly after: Place | undefined; readonly limit: number },
): Promise<readonly ListedTransaction[]> {
  const { sql, values } = condition(org, filter, await sidesOf(tx, org));
  const place = values.length;
  const { rows } = await tx.query<ListedTransaction>(
    `select ${conversionColumns}, own.earned_minor, own.earned_currency, coalesce(own.unbilled, 0) as unbilled,
       coalesce(own.billed, 0) as billed, coalesce(own.paid, 0) as paid
     from transactions.conversion c left join lateral (${ownLines}) own on true
     where ${sql} and ($${place + 1}::timestamptz is null or (c.occurred_at, c.id) < ($${place + 1}, $${place + 2}::text))
     order by c.occurred_at desc, c.id desc limit $${place + 3}`,
    [...values, page.after?.at ?? null, page.after?.id ?? null, page.limit],
  );
  return rows;
}

export async function transactionById(tx: Tx, org: OrgId, id: ConversionId): Promise<ListedTransaction | undefined> {
  const { rows } = await tx.query<ListedTransaction>(
    `select ${conversionColumns}, own.earned_minor, own.earned_currency, coalesce(own.unbilled, 0) as unbilled,
       coalesce(own.billed, 0) as billed, coalesce(own.paid, 0) as paid
     from transactions.conversion c left join lateral (${ownLines}) own on true
     where (c.org_id = $1 or $1 = any (c.parties)) and c.id = $2`,
    [org, id],
  );
  return rows[0];
}

/** Ids of conversions that match, for "select all matching". */
export async function matchingIds(
  tx: Tx,
  org: OrgId,
  filter: TransactionFilter,
  states: readonly Validation[],
  limit: number,
): Promise<readonly ConversionId[]> {
  const { sql, values } = condition(org, filter, { isMerchant: true, isPayee: false });
  const { rows } = await tx.query<{ id: ConversionId }>(
    `select c.id from transactions.conversion c
     where ${sql} and c.pricing <> 'test' and c.validation = any($${values.length + 1}::text[])
     order by c.id limit $${values.length + 2}`,
    [...values, states, limit],
  );
  return rows.map((row) => row.id);
}

const ownLines = `select
    sum(l.amount_minor) filter (where l.payee_org = $1)::bigint as earned_minor,
    max(l.currency) filter (where l.payee_org = $1) as earned_currency,
    count(*) filter (where l.settlement = 'unbilled' and l.amount_minor <> 0) as unbilled,
    count(*) filter (where l.settlement = 'billed') as billed,
    count(*) filter (where l.settlement = 'paid') as paid
  from transactions.commission_line l where l.conversion_id = c.id and (l.payee_org = $1 or l.payer_org = $1)`;

/** On which sides an organisation stands: each has its own index. */
type Sides = { readonly isMerchant: boolean; readonly isPayee: boolean };

async function sidesOf(tx: Tx, org: OrgId): Promise<Sides> {
  const { rows } = await tx.query<Sides>(
    `select exists (select from transactions.conversion where org_id = $1) as "isMerchant",
       exists (select from transactions.commission_line where payee_org = $1) as "isPayee"`,
    [org],
    "transactions-sides",
  );
  return rows[0] ?? { isMerchant: false, isPayee: false };
}

function sideCondition({ isMerchant, isPayee }: Sides): string {
  const asPayee = "c.id in (select l.conversion_id from transactions.commission_line l where l.payee_org = $1)";
  if (!isPayee) return "c.org_id = $1";
  return isMerchant ? `(c.org_id = $1 or ${asPayee})` : asPayee;
}

function condition(org: OrgId, filter: TransactionFilter, sides: Sides): { readonly sql: string; readonly values: readonly unknown[] } {
  const lineExists = (inner: string) =>
    `exists (select from transactions.commission_line l where l.conversion_id = c.id and (l.payee_org = $1 or l.payer_org = $1) and ${inner})`;
  const settlement = {
    none: `not ${lineExists("(l.amount_minor <> 0 or l.settlement <> 'unbilled')")}`,
    unbilled: lineExists("l.settlement = 'unbilled' and l.amount_minor <> 0"),
    billed: lineExists("l.settlement = 'billed'"),
    paid: lineExists("l.settlement = 'paid'"),
  } as const;
  const parts = [
    sideCondition(sides),
    "($2::text is null or c.validation = $2)",
    "($3::text is null or c.pricing = $3)",
    "($4::text is null or c.programme_id = $4)",
    "($5::text is null or c.partner_id = $5)",
    "($6::timestamptz is null or c.occurred_at >= $6)",
    "($7::timestamptz is null or c.occurred_at < $7)",
    "($8::text is null or c.order_id = $8)",
    ...(filter.settlement ? [settlement[filter.settlement]] : []),
  ];
  const values = [
    org,
    filter.state ?? null,
    filter.pricing ?? null,
    filter.programme ?? null,
    filter.partner ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.orderId ?? null,
  ];
  return { sql: parts.join(" and "), values };
}
