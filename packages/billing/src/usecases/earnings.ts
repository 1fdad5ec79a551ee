import { findOrganisations } from "@biotop/directory";
import { type Currency, type Instant, type LocalDate, localDate, type Money, money, type OrgId, type TimeZone } from "@biotop/kernel";
import { balances } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import { paidTotals, type ReceivedPayout, receivedPayouts } from "../db/document-reading.ts";
import type { DocumentRow } from "../db/documents.ts";
import { type WaitingStatement, waitingStatements } from "../db/waiting-statements.ts";
import { nextBankingDay } from "../domain/banking-day.ts";
import { monthEndOf } from "../domain/month-end.ts";
import { type WaitingReason, waitingFor } from "../domain/waiting-reason.ts";
import type { BillingDeps } from "./deps.ts";
import { type Payable, payablesOf } from "./payables.ts";
import { type Names, namesOf } from "./reading.ts";

export type Earning = {
  readonly payer: OrgId;
  readonly state: "open" | "approved" | "payable";
  readonly amount: Money;
  readonly document: { readonly id: DocumentRow["id"]; readonly number: string } | null;
  readonly expectedOn: LocalDate | null;
  readonly waiting: readonly WaitingReason[];
};

export type Earnings = {
  readonly totals: readonly { readonly open: Money; readonly approved: Money; readonly payable: Money; readonly paid: Money }[];
  readonly rows: readonly Earning[];
  readonly payouts: readonly ReceivedPayout[];
  readonly names: Names;
};

const payoutsShownMax = 100;

/** What an organisation earned and how far its money is; every amount that is not paid says what it waits for. */
export function earningsOf(deps: BillingDeps, org: OrgId): Promise<Earnings> {
  return deps.db.inTransaction("system", async (tx) => {
    const now = deps.clock.now();
    const zone = (await findOrganisations(tx, [org]))[0]?.timeZone ?? ("Europe/Berlin" as TimeZone);
    const rows = [
      ...(await payableEarnings(tx, org, now, zone)),
      ...(await approvedEarnings(tx, org, now, zone)),
      ...(await openEarnings(tx, org)),
    ];
    const payouts = await receivedPayouts(tx, org, payoutsShownMax);
    const names = await namesOf(
      tx,
      [...rows, ...payouts].map((each) => each.payer),
    );
    return { totals: totalsOf(rows, await paidTotals(tx, org)), rows, payouts, names };
  });
}

async function payableEarnings(tx: Tx, org: OrgId, now: Instant, zone: TimeZone): Promise<readonly Earning[]> {
  const payables = await payablesOf(tx, { supplier: org }, now);
  return payables.map(({ document, waiting }: Payable) => ({
    payer: document.issuer,
    state: "payable",
    amount: money(document.currency, document.grossMinor),
    document: { id: document.id, number: document.number },
    expectedOn: waiting.every((reason) => reason.kind === "in-payout-run") ? nextBankingDay(localDate(now, zone)) : null,
    waiting,
  }));
}

/** Approved money gets its document at the next month end, unless the last one named what is missing. */
async function approvedEarnings(tx: Tx, org: OrgId, now: Instant, zone: TimeZone): Promise<readonly Earning[]> {
  const stopped = (await waitingStatements(tx, org)).filter((each) => each.payee === org);
  const { dueAt } = monthEndOf(org, zone, now);
  return (await claimsOf(tx, org, "memo:approved")).map(({ payer, amount }) => {
    const reasons = reasonsFor(stopped, payer, amount.currency);
    const waiting = [...reasons, waitingFor("waiting-for-month-end", null, dueAt)];
    const expectedOn = reasons.length > 0 ? null : nextBankingDay(localDate(dueAt, zone));
    return { payer, state: "approved", amount, document: null, expectedOn, waiting };
  });
}

async function openEarnings(tx: Tx, org: OrgId): Promise<readonly Earning[]> {
  return (await claimsOf(tx, org, "memo:pending")).map(({ payer, amount }) => ({
    payer,
    state: "open",
    amount,
    document: null,
    expectedOn: null,
    waiting: [waitingFor("waiting-for-validation", payer)],
  }));
}

/** The payee's accounts carry credit balances: what it has coming is negative there. */
async function claimsOf(tx: Tx, org: OrgId, code: string): Promise<readonly { readonly payer: OrgId; readonly amount: Money }[]> {
  const found = await balances(tx, { owner: org, code });
  return found.flatMap(({ counterparty, currency, balanceMinor }) =>
    counterparty && balanceMinor !== 0n ? [{ payer: counterparty, amount: money(currency, -balanceMinor) }] : [],
  );
}

function reasonsFor(stopped: readonly WaitingStatement[], payer: OrgId, currency: Currency): readonly WaitingReason[] {
  return stopped.filter((each) => each.payer === payer && each.currency === currency).flatMap((each) => each.reasons);
}

function totalsOf(rows: readonly Earning[], paid: ReadonlyMap<Currency, bigint>): Earnings["totals"] {
  const currencies = [...new Set([...rows.map((row) => row.amount.currency), ...paid.keys()])].sort();
  return currencies.map((code) => {
    const total = (state: Earning["state"]) =>
      money(
        code,
        rows.filter((row) => row.state === state && row.amount.currency === code).reduce((sum, row) => sum + row.amount.minor, 0n),
      );
    return { open: total("open"), approved: total("approved"), payable: total("payable"), paid: money(code, paid.get(code) ?? 0n) };
  });
}
