import type { ContractId, Currency, Instant, LocalDate, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type PaidDay = {
  readonly payer: OrgId;
  readonly payee: OrgId;
  readonly contract: ContractId;
  readonly day: LocalDate;
  readonly currency: Currency;
  readonly netMinor: bigint;
};

/** Net commissions of paid documents by day of payment and contract, where the organisation pays or earns. */
export async function paidByDay(
  tx: Tx,
  of: { readonly org: OrgId; readonly from: LocalDate; readonly to: LocalDate; readonly timeZone: string },
): Promise<readonly PaidDay[]> {
  const { rows } = await tx.query<PaidDay>(
    `select document.issuer_org as payer, document.supplier_org as payee, line.contract_id as contract,
       (document.paid_at at time zone $4)::date as day, document.currency, sum(line.net_minor)::bigint as "netMinor"
     from billing.document document join billing.document_line line on line.document_id = document.id
     where (document.issuer_org = $1 or document.supplier_org = $1) and document.settlement = 'paid'
       and (document.paid_at at time zone $4)::date between $2 and $3
     group by 1, 2, 3, 4, 5`,
    [of.org, of.from, of.to, of.timeZone],
    "billing-paid-by-day",
  );
  return rows;
}

export type BillingToDos = {
  readonly runsToApprove: readonly { readonly id: string; readonly since: Instant }[];
  readonly runsToExport: readonly { readonly id: string; readonly since: Instant }[];
  readonly statementsWaiting: number;
};

/** What waits for somebody in the paying organisation. */
export async function billingToDos(tx: Tx, org: OrgId): Promise<BillingToDos> {
  const { rows } = await tx.query<{ id: string; state: string; since: Instant }>(
    `select id, state, coalesce(approved_at, made_at) as since from billing.payout_run
     where payer_org = $1 and state in ('draft', 'approved') order by id limit 100`,
    [org],
  );
  const { rows: waiting } = await tx.query<{ count: bigint }>(
    "select count(*) as count from billing.waiting_statement where payer_org = $1 or payee_org = $1",
    [org],
  );
  const inState = (state: string) => rows.filter((row) => row.state === state).map(({ id, since }) => ({ id, since }));
  return { runsToApprove: inState("draft"), runsToExport: inState("approved"), statementsWaiting: Number(waiting[0]?.count ?? 0n) };
}
