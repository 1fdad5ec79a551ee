import { createHash } from "node:crypto";
import { audit } from "@biotop/access";
import { bankAccountsOf, findOrganisations } from "@biotop/directory";
import {
  err,
  type Instant,
  type LocalDate,
  localDate,
  money,
  type OrgId,
  ok,
  type PayoutId,
  type PayoutRunId,
  type Result,
  type TimeZone,
} from "@biotop/kernel";
import { pay, post } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import { markPaid } from "@biotop/transactions";
import type { Problem } from "@biotop/wire";
import { settleDocuments } from "../db/documents.ts";
import {
  fileOf,
  type PayoutFile,
  type PayoutRow,
  payoutsOf,
  type RunRow,
  runById,
  runOfPayout,
  saveApproval,
  saveCancelled,
  saveExport,
  savePaid,
} from "../db/payout-runs.ts";
import { nextBankingDay } from "../domain/banking-day.ts";
import { pain001Xml } from "../domain/pain001.ts";
import { approveRun, makerOf, type PayoutLine, type PayoutRun } from "../domain/payout-run.ts";
import { transferListCsv } from "../domain/transfer-list.ts";
import type { PayoutPaid } from "../events.ts";
import { mayManageRun, runActorOf } from "../policy.ts";
import type { BillingDeps } from "./deps.ts";
import { payoutRunHash } from "./payout-run-hash.ts";

export type RunCommand = { readonly org: OrgId; readonly principal: Actor; readonly run: PayoutRunId };

/** The checker's yes to exactly the lines behind the hash; the bank file is written with it and never changes. */
export function approvePayoutRun(deps: BillingDeps, command: RunCommand & { readonly hash: string }): Promise<Result<true, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const found = await loadOwn(tx, command);
    if (!found.ok) return found;
    const { row, payouts } = found.value;
    const [payer] = await findOrganisations(tx, [row.payer]);
    const { principal } = command;
    const by = {
      actor: runActorOf(principal),
      isFresh: principal.kind === "user" && principal.isFresh,
      hash: command.hash,
      members: payer?.memberCount ?? 0,
    };
    const run = draftOf(row, payouts);
    const approved = approveRun(run, payoutRunHash(run), by, deps.clock.now());
    if (!approved.ok) return approved;
    if (await hasChangedAccounts(tx, row, payouts)) return err({ kind: "payout-run-changed", reason: "bank-account-changed" });

    const today = localDate(approved.value.approvedAt, payer?.timeZone ?? ("Europe/Berlin" as TimeZone));
    await saveApproval(tx, approved.value, await fileFor(tx, approved.value, today));
    const { isApprovedAlone } = approved.value;
    await audit(tx, {
      org: row.payer,
      principal,
      action: "payout-run.approved",
      subject: row.id,
      facts: { hash: row.hash, isApprovedAlone },
    });
    return ok(true);
  });
}

/** Takes a run back as long as its file was not handed over. */
export function cancelPayoutRun(deps: BillingDeps, command: RunCommand): Promise<Result<true, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const found = await loadOwn(tx, command);
    if (!found.ok) return found;
    const { row, payouts } = found.value;
    if (row.state !== "draft" && row.state !== "approved") return err({ kind: "payout-run-not-open", state: row.state });

    await saveCancelled(tx, row.id, deps.clock.now());
    await settleDocuments(
      tx,
      payouts.flatMap((payout) => payout.documents),
      { settlement: "open" },
    );
    await audit(tx, { org: row.payer, principal: command.principal, action: "payout-run.cancelled", subject: row.id, facts: {} });
    return ok(true);
  });
}

/** Hands over the file. The first time exports the run, and what a bank file pays counts as paid; later times change nothing. */
export function exportPayoutRun(deps: BillingDeps, command: RunCommand): Promise<Result<PayoutFile, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const found = await loadOwn(tx, command);
    if (!found.ok) return found;
    const { row, payouts } = found.value;
    const file = await fileOf(tx, row.id);
    if (!file) return err({ kind: "payout-run-not-approved", state: row.state });
    if (row.state !== "approved") return ok(file);

    const at = deps.clock.now();
    await saveExport(tx, row.id, at);
    if (row.rail === "sepa") await settle(tx, row, payouts, at);
    await audit(tx, {
      org: row.payer,
      principal: command.principal,
      action: "payout-run.exported",
      subject: row.id,
      facts: { sha256: file.sha256 },
    });
    return ok(file);
  });
}

/** Somebody made a transfer of the list by hand. */
export function markManualTransferPaid(
  deps: BillingDeps,
  command: Omit<RunCommand, "run"> & { readonly payout: PayoutId },
): Promise<Result<PayoutRunId, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const run = await runOfPayout(tx, command.payout);
    if (!run) return err({ kind: "not-found" });
    const found = await loadOwn(tx, { ...command, run });
    if (!found.ok) return found;
    const { row, payouts } = found.value;
    if (row.rail !== "manual") return err({ kind: "payout-not-manual" });
    if (row.state === "draft" || row.state === "cancelled") return err({ kind: "payout-run-not-approved", state: row.state });

    const at = deps.clock.now();
    await saveExport(tx, row.id, at);
    const own = payouts.filter((payout) => payout.id === command.payout);
    const paid = await settle(tx, row, own, at);
    if (paid > 0)
      await audit(tx, { org: row.payer, principal: command.principal, action: "payout.paid", subject: command.payout, facts: { run } });
    return ok(run);
  });
}

/** Money has left: payouts, documents, lines and ledger change together. */
async function settle(tx: Tx, row: RunRow, payouts: readonly PayoutRow[], at: Instant): Promise<number> {
  const paid = new Set(
    await savePaid(
      tx,
      row.id,
      payouts.map((payout) => payout.id),
      at,
    ),
  );
  const own = payouts.filter((payout) => paid.has(payout.id));
  const documents = own.flatMap((payout) => payout.documents);
  if (own.length === 0) return 0;
  await settleDocuments(tx, documents, { settlement: "paid", at });
  await markPaid(tx, documents);
  await post(
    tx,
    own.map((payout) => ({
      idempotencyKey: `payout/${payout.id}`,
      cause: { kind: "payout", ref: payout.id },
      effectiveAt: at,
      postings: pay({ payer: row.payer, payee: payout.payee, currency: row.currency }, payout.amountMinor),
    })),
  );
  await publish(tx, ...own.map((payout) => paidEvent(row, payout, at)));
  return own.length;
}

function paidEvent(row: RunRow, payout: PayoutRow, paidAt: Instant): PayoutPaid {
  const { id: payoutId, payee, amountMinor } = payout;
  return { type: "payout.paid", payoutId, payer: row.payer, payee, currency: row.currency, amountMinor: amountMinor.toString(), paidAt };
}

async function loadOwn(
  tx: Tx,
  { org, run }: Pick<RunCommand, "org" | "run">,
): Promise<Result<{ readonly row: RunRow; readonly payouts: readonly PayoutRow[] }, Problem>> {
  const row = await runById(tx, run, "for update");
  if (!row) return err({ kind: "not-found" });
  const may = mayManageRun(org, row.payer);
  if (!may.ok) return may;
  return ok({ row, payouts: await payoutsOf(tx, run) });
}

/** The run as its approval judges it: what is hashed is what is stored now. */
function draftOf(row: RunRow, payouts: readonly PayoutRow[]): PayoutRun {
  const { id, payer, currency, rail, payerHolder, payerIban, madeAt } = row;
  const fixed = {
    ...{ id, payer, currency, rail, payerHolder, payerIban },
    lines: payouts.map(lineOf),
    madeBy: makerOf(row),
    madeAt,
  };
  if (row.state === "draft") return { ...fixed, state: "draft" };
  if (row.state === "cancelled") return { ...fixed, state: "cancelled", cancelledAt: row.cancelledAt ?? madeAt };
  const approval = {
    approvedBy: { kind: row.approvedByKind ?? "user", id: row.approvedBy ?? "", person: row.approvedByPerson },
    approvedAt: row.approvedAt ?? madeAt,
    isApprovedAlone: row.isApprovedAlone,
  };
  if (row.state === "approved") return { ...fixed, ...approval, state: "approved" };
  return { ...fixed, ...approval, state: row.state, exportedAt: row.exportedAt ?? madeAt };
}

function lineOf(payout: PayoutRow): PayoutLine {
  const { id, payee, amountMinor, holder, iban, accountText, city, country, reference, documents } = payout;
  return { id, payee, amountMinor, holder, iban, accountText, city, country, reference, documents };
}

/** An account that changed after the draft voids it: the checker would approve what nobody sees. */
async function hasChangedAccounts(tx: Tx, row: RunRow, payouts: readonly PayoutRow[]): Promise<boolean> {
  const accounts = await bankAccountsOf(
    tx,
    payouts.map((payout) => payout.payee),
  );
  return payouts.some((payout) => {
    const now = accounts.find((account) => account.org === payout.payee && account.currency === row.currency);
    return now?.iban !== payout.iban || now?.holder !== payout.holder || now?.accountText !== payout.accountText;
  });
}

async function fileFor(tx: Tx, run: PayoutRun & { readonly state: "approved" }, today: LocalDate): Promise<PayoutFile> {
  const text = run.rail === "sepa" ? bankFile(run, today) : await transferList(tx, run);
  const bytes = new TextEncoder().encode(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: `${run.id}.${run.rail === "sepa" ? "pain.001.xml" : "transfers.csv"}`, sha256, bytes };
}

function bankFile(run: PayoutRun & { readonly state: "approved" }, today: LocalDate): string {
  return pain001Xml({
    id: run.id,
    createdAt: run.approvedAt,
    executedOn: nextBankingDay(today),
    payer: { holder: run.payerHolder, iban: run.payerIban ?? "" },
    transfers: run.lines.map((line) => ({ ...line, iban: line.iban ?? "", amount: money(run.currency, line.amountMinor) })),
  });
}

async function transferList(tx: Tx, run: PayoutRun): Promise<string> {
  const names = new Map(
    (
      await findOrganisations(
        tx,
        run.lines.map((line) => line.payee),
      )
    ).map((organisation) => [organisation.id, organisation.name]),
  );
  return transferListCsv(
    run.lines.map((line) => ({
      id: line.id,
      payee: names.get(line.payee) ?? line.payee,
      holder: line.holder,
      account: line.iban ?? line.accountText ?? "",
      amount: money(run.currency, line.amountMinor),
      reference: line.reference,
    })),
  );
}
