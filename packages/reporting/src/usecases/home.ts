import { billingToDos } from "@biotop/billing/queries";
import { contractsOfOrg, contractToDos, versionsOfContracts } from "@biotop/contracts/queries";
import { missingForPayout } from "@biotop/directory/queries";
import {
  addCalendarDays,
  type Currency,
  type Instant,
  type LocalDate,
  type LocalText,
  localDate,
  type OrgId,
  plusDays,
  type TimeZone,
} from "@biotop/kernel";
import { unreadNotifications } from "@biotop/messaging/queries";
import type { Tx } from "@biotop/platform/db";
import { openDecisions } from "@biotop/transactions/queries";
import { addFacts, type Facts, noFacts } from "../domain/facts.ts";
import type { MetricValue } from "../domain/metric.ts";
import { type MetricCode, metricOf } from "../domain/metrics.ts";
import { eachDay } from "../domain/period.ts";
import type { ReportingDeps } from "./deps.ts";
import { gatherFacts } from "./gather-facts.ts";
import { zoneOf } from "./report.ts";

export type ToDo = {
  readonly kind:
    | "answer-proposal"
    | "validate-transactions"
    | "add-tax-data"
    | "add-bank-account"
    | "approve-payout-run"
    | "download-payout-file"
    | "statements-wait"
    | "read-notifications";
  readonly count: number;
  readonly text: LocalText;
  readonly subject: string | null;
  readonly since: Instant | null;
  readonly dueAt: Instant | null;
};

export type Home = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly toDos: readonly ToDo[];
  readonly tiles: readonly { readonly code: MetricCode; readonly current: MetricValue; readonly previous: MetricValue }[];
  readonly chart: { readonly code: MetricCode; readonly days: readonly { readonly day: LocalDate; readonly value: MetricValue }[] };
};

const tileCodes = ["clicks", "conversions", "order-value", "commission"] as const satisfies readonly MetricCode[];
const chartCode = "commission" satisfies MetricCode;

/** What to do now, the figures of the last days against those before, and one series. */
export function readHome(deps: ReportingDeps, org: OrgId, days: number, zone: TimeZone | undefined): Promise<Home> {
  return deps.db.inTransaction({ org }, async (tx) => {
    const now = deps.clock.now();
    const timeZone = zone ?? (await zoneOf(tx, org));
    const to = localDate(now, timeZone);
    const from = addCalendarDays(to, 1 - days);
    const facts = await gatherFacts(tx, { org, by: "day", from: addCalendarDays(from, -days), to, timeZone });
    const sumOf = (inside: (day: string) => boolean) =>
      [...facts].filter(([day]) => inside(day)).reduce((sum: Facts, [, each]) => addFacts(sum, each), noFacts);
    const current = sumOf((day) => day >= from);
    const previous = sumOf((day) => day < from);
    const figure = (code: MetricCode, of: Facts) => metricOf(code).of(of);
    return {
      from,
      to,
      toDos: await toDosOf(tx, org, now),
      tiles: tileCodes.map((code) => ({ code, current: figure(code, current), previous: figure(code, previous) })),
      chart: { code: chartCode, days: eachDay(from, to).map((day) => ({ day, value: figure(chartCode, facts.get(day) ?? noFacts) })) },
    };
  });
}

/** In the order in which they press: others' answers, deadlines, money, own data, news. */
async function toDosOf(tx: Tx, org: OrgId, now: Instant): Promise<readonly ToDo[]> {
  return [
    ...(await proposalToDos(tx, org)),
    ...(await validationToDos(tx, org, now)),
    ...(await moneyToDos(tx, org)),
    ...(await dataToDos(tx, org)),
  ];
}

async function proposalToDos(tx: Tx, org: OrgId): Promise<readonly ToDo[]> {
  return (await contractToDos(tx, org)).map(({ proposal, title, since, dueAt }) => ({
    kind: "answer-proposal",
    count: 1,
    text: title,
    subject: proposal,
    since,
    dueAt,
  }));
}

const soonDays = 3;

async function validationToDos(tx: Tx, org: OrgId, now: Instant): Promise<readonly ToDo[]> {
  const { open, dueSoon, nextDeadline } = await openDecisions(tx, org, plusDays(now, soonDays));
  if (open === 0) return [];
  const text = {
    de: `${counted(open, "Transaktion", "Transaktionen")} prüfen; in ${soonDays} Tagen automatisch entschieden: ${dueSoon}`,
    en: `Validate ${counted(open, "transaction", "transactions")}; decided automatically within ${soonDays} days: ${dueSoon}`,
  };
  return [{ kind: "validate-transactions", count: open, text, subject: null, since: null, dueAt: nextDeadline ?? null }];
}

async function moneyToDos(tx: Tx, org: OrgId): Promise<readonly ToDo[]> {
  const { runsToApprove, runsToExport, statementsWaiting } = await billingToDos(tx, org);
  const approve = runsToApprove.map(({ id, since }): ToDo => {
    const text = { de: "Auszahlungslauf prüfen und freigeben", en: "Check and approve the payout run" };
    return { kind: "approve-payout-run", count: 1, text, subject: id, since, dueAt: null };
  });
  const exported = runsToExport.map(({ id, since }): ToDo => {
    const text = {
      de: "Freigegebene Zahlungsdatei herunterladen und zur Bank geben",
      en: "Download the approved payment file for the bank",
    };
    return { kind: "download-payout-file", count: 1, text, subject: id, since, dueAt: null };
  });
  if (statementsWaiting === 0) return [...approve, ...exported];
  const text = {
    de: `${counted(statementsWaiting, "Abrechnung ohne Beleg", "Abrechnungen ohne Beleg")}: sehen, was fehlt`,
    en: `${counted(statementsWaiting, "statement", "statements")} without a document: see what is missing`,
  };
  return [...approve, ...exported, { kind: "statements-wait", count: statementsWaiting, text, subject: null, since: null, dueAt: null }];
}

async function dataToDos(tx: Tx, org: OrgId): Promise<readonly ToDo[]> {
  const missing = await missingForPayout(tx, org, await currenciesOf(tx, org));
  const toDos: ToDo[] = [];
  for (const [purpose, kind] of [
    ["documents", "add-tax-data"],
    ["payout", "add-bank-account"],
  ] as const) {
    const labels = missing.filter((each) => each.purpose === purpose).map((each) => each.label);
    if (labels.length === 0) continue;
    const text = {
      de: `Ergänzen: ${labels.map((label) => label.de).join(", ")}`,
      en: `Add: ${labels.map((label) => label.en).join(", ")}`,
    };
    toDos.push({ kind, count: labels.length, text, subject: null, since: null, dueAt: null });
  }
  const { count, since } = await unreadNotifications(tx, org);
  if (count === 0) return toDos;
  const text = { de: counted(count, "Neuigkeit", "Neuigkeiten"), en: counted(count, "piece of news", "pieces of news") };
  return [...toDos, { kind: "read-notifications", count, text, subject: null, since, dueAt: null }];
}

const contractsReadMax = 500;

/** Currencies that the organisation is paid in, and euro where it pays: SEPA needs the payer's account too. */
async function currenciesOf(tx: Tx, org: OrgId): Promise<readonly Currency[]> {
  const contracts = await contractsOfOrg(tx, org, { limit: contractsReadMax });
  const versions = await versionsOfContracts(
    tx,
    contracts.map((contract) => contract.id),
  );
  const isNeeded = ({ payer, terms }: (typeof versions)[number]) => payer !== org || terms.currency === "EUR";
  return [...new Set(versions.filter(isNeeded).map((version) => version.terms.currency))].sort();
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
