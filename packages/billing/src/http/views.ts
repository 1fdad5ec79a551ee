import { type Currency, type Money, money, type OrgId } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, getDocument, getPayoutRun, listDocuments, listPayables, listPayoutRuns } from "@biotop/wire";
import type { SelfBillingInvoice } from "../domain/invoice.ts";
import { makerOf, samePair } from "../domain/payout-run.ts";
import type { TaxParty } from "../domain/tax-party.ts";
import { runActorOf } from "../policy.ts";
import type { Payable } from "../usecases/payables.ts";
import type { DocumentAnswer, Names, People, RunAnswer, readDocuments, readRuns } from "../usecases/reading.ts";

type Documents = Awaited<ReturnType<typeof readDocuments>>;
type Runs = Awaited<ReturnType<typeof readRuns>>;

export function partyView(org: OrgId, names: Names): { id: OrgId; name: string } {
  return { id: org, name: names.get(org) ?? org };
}

export function documentView(row: Documents["rows"][number], names: Names): AnswerOf<typeof listDocuments>["rows"][number] {
  return {
    id: row.id,
    number: row.number,
    kind: "self-billing-invoice",
    issuer: partyView(row.issuer, names),
    supplier: partyView(row.supplier, names),
    month: row.month,
    issuedOn: row.issuedOn,
    net: money(row.currency, row.netMinor),
    vat: money(row.currency, row.vatMinor),
    gross: money(row.currency, row.grossMinor),
    settlement: row.settlement,
    paidAt: row.paidAt,
  };
}

export function documentDetailView({ document, waiting, names }: DocumentAnswer): AnswerOf<typeof getDocument> {
  const { invoice } = document;
  const programmes = new Map(document.lines.map((line) => [line.position, line.programme]));
  return {
    ...documentView(document, names),
    issuerDetails: detailsView(invoice.buyer),
    supplierDetails: detailsView(invoice.seller),
    lines: invoice.lines.map((line) => ({
      position: line.position,
      description: `${line.name} (${line.description})`,
      programme: programmes.get(line.position) ?? "",
      transactions: line.transactions,
      net: line.net,
      vatCategory: invoice.treatment.category,
      corrects: line.corrects && {
        document: line.corrects.number,
        documentId: line.corrects.documentId,
        position: line.corrects.position,
      },
    })),
    vatBreakdown: [vatView(invoice)],
    vatInAccountingCurrency: invoice.accountingVat?.vat ?? null,
    notes: [...invoice.notes],
    files: [...document.files],
    waiting: [...waiting],
    payoutRun: document.run,
  };
}

function detailsView({ org, name, street, postalCode, city, country, vatId, taxNumber }: TaxParty) {
  return { id: org, name, street, postalCode, city, country, vatId, taxNumber };
}

function vatView({ treatment, totals, language }: SelfBillingInvoice) {
  const { category, ratePpm, reason } = treatment;
  return { category, ratePpm, base: totals.net, vat: totals.vat, reason: reason?.[language] ?? "" };
}

export function payableView({ document, rail, waiting }: Payable, names: Names): AnswerOf<typeof listPayables>["rows"][number] {
  return {
    document: document.id,
    number: document.number,
    payee: partyView(document.supplier, names),
    issuedOn: document.issuedOn,
    gross: money(document.currency, document.grossMinor),
    rail,
    isReady: waiting.length === 0,
    waiting: [...waiting],
  };
}

/** Gross sums by currency. */
export function sumsOf(payables: readonly Payable[]): Money[] {
  const sums = new Map<Currency, bigint>();
  for (const { document } of payables) sums.set(document.currency, (sums.get(document.currency) ?? 0n) + document.grossMinor);
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, minor]) => money(code, minor));
}

type RunView = AnswerOf<typeof listPayoutRuns>["rows"][number];

type Around = { readonly names: Names; readonly people: People; readonly members: number };

export function runView(run: Runs["rows"][number], { names, people, members }: Around, principal: Actor): RunView {
  const named = (id: string) => ({ id, name: people.get(id) ?? id });
  return {
    id: run.id,
    state: run.state,
    rail: run.rail,
    payer: partyView(run.payer, names),
    total: money(run.currency, run.totalMinor),
    payouts: Number(run.payouts),
    createdAt: run.madeAt,
    createdBy: run.madeByKind === "system" ? null : named(run.madeBy),
    isPreparedBySystem: run.madeByKind === "system",
    approvedAt: run.approvedAt,
    approvedBy: run.approvedBy === null ? null : named(run.approvedBy),
    isApprovedAlone: run.isApprovedAlone,
    exportedAt: run.exportedAt,
    can: actionsOf(run, members, principal),
  };
}

/** The same rules as the use-cases', so that a screen offers only what will be done. */
function actionsOf(run: Runs["rows"][number], members: number, principal: Actor): RunView["can"] {
  const actor = runActorOf(principal);
  const isMaker = samePair(makerOf(run), actor) !== undefined;
  const mayWrite = principal.scopes.has("billing:write");
  const isOpen = run.state === "draft" || run.state === "approved";
  return {
    approve: run.state === "draft" && principal.scopes.has("payouts:approve") && (!isMaker || (members === 1 && actor.kind === "user")),
    cancel: isOpen && mayWrite,
    download: run.state !== "draft" && run.state !== "cancelled" && mayWrite,
    markPaid: run.rail === "manual" && (run.state === "approved" || run.state === "exported") && mayWrite,
  };
}

export function runDetailView({ run, payouts, ...around }: RunAnswer, principal: Actor): AnswerOf<typeof getPayoutRun> {
  const { names } = around;
  return {
    ...runView(run, around, principal),
    hash: run.hash,
    lines: payouts.map((payout) => ({
      id: payout.id,
      payee: partyView(payout.payee, names),
      amount: money(run.currency, payout.amountMinor),
      accountHolder: payout.holder,
      account: payout.iban ?? payout.accountText ?? "",
      reference: payout.reference,
      documents: payout.documentRows.map(({ id, number, grossMinor }) => ({ id, number, gross: money(run.currency, grossMinor) })),
      paidAt: payout.paidAt,
    })),
  };
}
