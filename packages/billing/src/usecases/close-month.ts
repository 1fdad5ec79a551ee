import { versionsByIds } from "@biotop/contracts";
import {
  type ContractVersionId,
  type Currency,
  type Instant,
  type LocalDate,
  nextMonth,
  type OrgId,
  present,
  startOfDay,
} from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type BillableContract, billableContracts, takeForDocument } from "@biotop/transactions";
import { dueToIssue, hasMonthEnds, type MonthEnd, markIssued, planMonthEnd } from "../db/month-ends.ts";
import { clearWaiting, saveWaiting } from "../db/waiting-statements.ts";
import { monthEndOf } from "../domain/month-end.ts";
import { waitingFor } from "../domain/waiting-reason.ts";
import type { BillingDeps } from "./deps.ts";
import { issueStatement, type Statement } from "./issue-statement.ts";

/**
 * Closes the earliest month that is due: one transaction for each document, then the month is done and the next planned.
 * Interrupted and run again it issues only what is left. Answers how many months it closed.
 */
export async function closeDueMonth(deps: BillingDeps, until: Instant): Promise<number> {
  const end = await deps.db.inTransaction("system", (tx) => dueToIssue(tx, until));
  if (!end) return 0;

  for (const statement of await statementsOf(deps, end)) await deps.db.inTransaction("system", (tx) => issueStatement(deps, tx, statement));
  await deps.db.inTransaction("system", async (tx) => {
    await markIssued(tx, end);
    const next = startOfDay(`${nextMonth(end.month)}-01` as LocalDate, end.timeZone);
    await planMonthEnd(tx, monthEndOf(end.payer, end.timeZone, next));
  });
  return 1;
}

/** From the first contract on, every month of the payer in the contract's time zone ends. */
export async function planMonthEnds(
  tx: Tx,
  of: { readonly payer: OrgId; readonly version: ContractVersionId; readonly from: Instant },
): Promise<void> {
  const [version] = await versionsByIds(tx, [of.version]);
  const { timeZone } = present(version, "a contract in force has a version").terms;
  if (!(await hasMonthEnds(tx, of.payer, timeZone))) await planMonthEnd(tx, monthEndOf(of.payer, timeZone, of.from));
}

function statementsOf(deps: BillingDeps, end: MonthEnd): Promise<readonly Statement[]> {
  return deps.db.inTransaction("system", async (tx) => {
    const billable = await billableContracts(tx, { payer: end.payer, until: end.dueAt });
    const versions = await versionsByIds(tx, [...new Set(billable.map((each) => each.version))]);
    const termsOf = new Map(versions.map((version) => [version.id, version.terms]));
    const statements = new Map<string, Statement>();
    for (const each of billable) {
      const terms = present(termsOf.get(each.version), "a line names a stored contract version");
      if (terms.timeZone !== end.timeZone) continue;
      const waiting = { payer: end.payer, payee: each.payee, currency: each.currency, contract: each.contract };
      if (!terms.selfBilling.agreed) {
        const lines = await takeForDocument(tx, { ...waiting, until: end.dueAt });
        const netMinor = lines.reduce((total, line) => total + line.amountMinor, 0n);
        const reasons = [waitingFor("self-billing-not-agreed")];
        await saveWaiting(tx, { ...waiting, since: end.month, netMinor, transactions: lines.length, reasons });
        continue;
      }
      await clearWaiting(tx, waiting);
      addContract(statements, end, each, terms.payment.thresholdMinor);
    }
    return [...statements.values()];
  });
}

function addContract(statements: Map<string, Statement>, end: MonthEnd, each: BillableContract, thresholdMinor: bigint): void {
  const key = statementKey(each.payee, each.currency);
  const known = statements.get(key);
  const contract = { contract: each.contract, thresholdMinor };
  statements.set(key, {
    end,
    payee: each.payee,
    currency: each.currency,
    contracts: [...(known?.contracts ?? []), contract],
  });
}

function statementKey(payee: OrgId, currency: Currency): string {
  return `${payee}/${currency}`;
}
