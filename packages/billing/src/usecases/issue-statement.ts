import { createHash } from "node:crypto";
import { audit } from "@biotop/access";
import { findOrganisations, operatorOrganisation } from "@biotop/directory";
import { assert, type ContractId, type Currency, err, localDate, minorDigits, money, type OrgId, ok, type Result } from "@biotop/kernel";
import { document as documentJournal, post } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import { publish } from "@biotop/platform/outbox";
import { markBilled, takeForDocument } from "@biotop/transactions";
import { billedPositions, insertDocument } from "../db/documents.ts";
import type { MonthEnd } from "../db/month-ends.ts";
import { drawNumber } from "../db/number-ranges.ts";
import { clearWaiting, saveWaiting } from "../db/waiting-statements.ts";
import { ciiXml } from "../domain/cii.ts";
import { documentNumber, seriesOf } from "../domain/document-number.ts";
import { type BillableLine, type GroupedLine, groupLines } from "../domain/group-lines.ts";
import type { SelfBillingInvoice } from "../domain/invoice.ts";
import { brokenRules } from "../domain/invoice-rules.ts";
import { makeInvoice } from "../domain/issue-invoice.ts";
import { missingAddress } from "../domain/tax-party.ts";
import { invoiceTotals } from "../domain/totals.ts";
import { decideVat } from "../domain/vat-treatment.ts";
import { type WaitingReason, waitingFor } from "../domain/waiting-reason.ts";
import type { DocumentIssued } from "../events.ts";
import { invoicePdf } from "../pdf/invoice-pdf.ts";
import { accountingVat } from "./accounting-vat.ts";
import type { BillingDeps } from "./deps.ts";
import { taxParties } from "./tax-parties.ts";

/** What one payer owes one payee in one currency at a month end. */
export type Statement = {
  readonly end: MonthEnd;
  readonly payee: OrgId;
  readonly currency: Currency;
  readonly contracts: readonly { readonly contract: ContractId; readonly thresholdMinor: bigint }[];
};

/**
 * Issues the document of a statement, or keeps what it waits for. Lines, number, journal, files and archive are one
 * transaction, so no return slips in between and no number is lost.
 */
export async function issueStatement(deps: BillingDeps, tx: Tx, statement: Statement): Promise<"issued" | "waiting" | "nothing"> {
  const lines = await takeLines(tx, statement);
  if (lines.length === 0) return "nothing";

  const prepared = await prepare(tx, statement, lines);
  if (!prepared.ok) {
    await wait(tx, statement, lines, prepared.error);
    return "waiting";
  }
  await issue(deps, tx, statement, prepared.value);
  await clearWaiting(tx, { payer: statement.end.payer, payee: statement.payee, currency: statement.currency, contract: "" });
  return "issued";
}

async function takeLines(tx: Tx, { end, payee, contracts, currency }: Statement): Promise<readonly BillableLine[]> {
  const taken = [];
  for (const { contract } of contracts) taken.push(...(await takeForDocument(tx, { payer: end.payer, payee, contract, until: end.dueAt })));
  const billed = await billedPositions(
    tx,
    taken.flatMap((line) => line.corrects ?? []),
  );
  return taken.map((line) => {
    assert(line.currency === currency, "a document has one currency");
    return {
      id: line.id,
      contract: line.contract,
      programme: line.programmeName,
      kind: line.kind,
      amount: money(line.currency, line.amountMinor),
      corrects: line.corrects ? (billed.get(line.corrects) ?? null) : null,
    };
  });
}

type Prepared = { readonly lines: readonly GroupedLine[]; readonly make: (number: string) => SelfBillingInvoice };

/** Everything but the number; refuses by the name of what is missing. */
async function prepare(tx: Tx, statement: Statement, taken: readonly BillableLine[]): Promise<Result<Prepared, readonly WaitingReason[]>> {
  const { end, payee, currency } = statement;
  const parties = await taxParties(tx, [end.payer, payee]);
  const buyer = parties.get(end.payer);
  const seller = parties.get(payee);
  const addresses = missingAddress(buyer, seller, { issuer: end.payer, supplier: payee });
  if (!buyer || !seller || addresses.length > 0) return err(addresses);

  if (minorDigits(currency) > 2) return err([waitingFor("currency-not-billable")]);

  const treatment = decideVat(buyer, seller);
  if (!treatment.ok) return treatment;

  const language = (await findOrganisations(tx, [payee]))[0]?.language ?? "en";
  const lines = groupLines(currency, language, taken);
  const totals = invoiceTotals(currency, lines, treatment.value.ratePpm);
  if (totals.net.minor <= 0n) return err([waitingFor("negative-balance")]);

  const issuedOn = localDate(end.dueAt, end.timeZone);
  const inEuro = await accountingVat(tx, totals.vat, issuedOn);
  if (!inEuro.ok) return inEuro;

  const operator = (await operatorOrganisation(tx))?.name ?? "Biotop";
  const facts = { issuedOn, month: end.month, language, seller, buyer, currency, lines };
  return ok({
    lines,
    make: (number) => makeInvoice({ ...facts, number, issuedThrough: operator, treatment: treatment.value, accountingVat: inEuro.value }),
  });
}

async function issue(deps: BillingDeps, tx: Tx, statement: Statement, { lines, make }: Prepared): Promise<void> {
  const { end, payee, contracts } = statement;
  const series = seriesOf(localDate(end.dueAt, end.timeZone));
  const counter = await drawNumber(tx, end.payer, series);
  const invoice = make(documentNumber(series, counter));
  const broken = brokenRules(invoice);
  assert(broken.length === 0, `a document keeps the rules: ${broken.join("; ")}`);

  const id = deps.ids.next("doc");
  const files = await filesOf(invoice);
  let thresholdMinor = 0n;
  for (const each of contracts) if (each.thresholdMinor > thresholdMinor) thresholdMinor = each.thresholdMinor;
  await insertDocument(tx, { id, series, counter, issuedAt: end.dueAt, thresholdMinor, month: end.month, invoice, lines, files });
  await markBilled(
    tx,
    lines.flatMap((line) => line.items.map((item) => ({ line: item.id, document: id, position: line.position }))),
  );
  await post(tx, [
    {
      idempotencyKey: `document/${id}`,
      cause: { kind: "document", ref: id },
      effectiveAt: end.dueAt,
      postings: documentJournal(
        { payer: end.payer, payee, currency: invoice.currency },
        invoice.totals.net.minor,
        invoice.totals.vat.minor,
      ),
    },
  ]);
  const issued: DocumentIssued = {
    type: "document.issued",
    documentId: id,
    number: invoice.number,
    issuer: end.payer,
    supplier: payee,
    currency: invoice.currency,
    grossMinor: invoice.totals.gross.minor.toString(),
    issuedAt: end.dueAt,
  };
  await publish(tx, issued);
  const facts = { number: invoice.number, currency: invoice.currency, grossMinor: invoice.totals.gross.minor.toString() };
  await audit(tx, { org: end.payer, principal: "system", action: "document.issued", subject: id, facts });
}

/** The archived files of a document; made again from its model they are the same, byte for byte. */
export async function filesOf(invoice: SelfBillingInvoice) {
  const xml = new TextEncoder().encode(ciiXml(invoice));
  const pdf = await invoicePdf(invoice);
  return [
    { format: "pdf" as const, bytes: pdf, sha256: sha256(pdf) },
    { format: "xml" as const, bytes: xml, sha256: sha256(xml) },
  ];
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function wait(
  tx: Tx,
  { end, payee, currency }: Statement,
  lines: readonly BillableLine[],
  reasons: readonly WaitingReason[],
): Promise<void> {
  assert(reasons.length > 0, "what waits names what it waits for");
  const netMinor = lines.reduce((total, line) => total + line.amount.minor, 0n);
  await saveWaiting(tx, {
    payer: end.payer,
    payee,
    currency,
    contract: "",
    since: end.month,
    netMinor,
    transactions: lines.length,
    reasons,
  });
}
