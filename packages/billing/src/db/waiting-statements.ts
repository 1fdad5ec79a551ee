import type { ContractId, Currency, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { WaitingReason } from "../domain/waiting-reason.ts";

export type WaitingStatement = {
  readonly payer: OrgId;
  readonly payee: OrgId;
  readonly currency: Currency;
  /** Only where one contract alone is in the way; otherwise empty. */
  readonly contract: ContractId | "";
  readonly since: string;
  readonly netMinor: bigint;
  readonly transactions: number;
  readonly reasons: readonly WaitingReason[];
};

/** Keeps what waits; the month since when it does stays the first one. */
export async function saveWaiting(tx: Tx, waiting: WaitingStatement): Promise<void> {
  await tx.query(
    `insert into billing.waiting_statement (payer_org, payee_org, currency, contract_id, since, net_minor, transactions, reasons)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (payer_org, payee_org, currency, contract_id) do update set net_minor = excluded.net_minor,
       transactions = excluded.transactions, reasons = excluded.reasons`,
    [
      ...[waiting.payer, waiting.payee, waiting.currency, waiting.contract, waiting.since, waiting.netMinor, waiting.transactions],
      JSON.stringify(waiting.reasons),
    ],
  );
}

export async function clearWaiting(tx: Tx, of: Pick<WaitingStatement, "payer" | "payee" | "currency" | "contract">): Promise<void> {
  await tx.query("delete from billing.waiting_statement where payer_org = $1 and payee_org = $2 and currency = $3 and contract_id = $4", [
    of.payer,
    of.payee,
    of.currency,
    of.contract,
  ]);
}

/** What waits where the organisation pays or earns. */
export async function waitingStatements(tx: Tx, org: OrgId): Promise<readonly WaitingStatement[]> {
  const { rows } = await tx.query<WaitingStatement>(
    `select payer_org as payer, payee_org as payee, currency, contract_id as contract, since, net_minor as "netMinor", transactions, reasons
     from billing.waiting_statement where payer_org = $1 or payee_org = $1 order by since, payer_org, payee_org, currency limit 2000`,
    [org],
  );
  return rows;
}
