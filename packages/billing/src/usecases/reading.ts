import { peopleById } from "@biotop/access";
import { findOrganisations } from "@biotop/directory";
import { err, isId, type OrgId, ok, type PayoutRunId, type Result, type UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Problem } from "@biotop/wire";
import { type DocumentDetail, type DocumentFilter, documentById, documentFile, listDocuments } from "../db/document-reading.ts";
import type { DocumentRow } from "../db/documents.ts";
import { listRuns, type PayoutRow, payoutsOf, type RunRow, runById } from "../db/payout-runs.ts";
import { autoPreparesRun, saveAutoPrepare } from "../db/payout-settings.ts";
import { type WaitingStatement, waitingStatements } from "../db/waiting-statements.ts";
import { missingAddress } from "../domain/tax-party.ts";
import { decideVat } from "../domain/vat-treatment.ts";
import type { WaitingReason } from "../domain/waiting-reason.ts";
import { mayManageRun, maySeeDocument } from "../policy.ts";
import type { BillingDeps } from "./deps.ts";
import { type Payable, payablesOf } from "./payables.ts";
import { taxParties } from "./tax-parties.ts";

export type Names = ReadonlyMap<OrgId, string>;

export async function namesOf(tx: Tx, orgs: readonly OrgId[]): Promise<Names> {
  return new Map((await findOrganisations(tx, [...new Set(orgs)])).map((organisation) => [organisation.id, organisation.name]));
}

export function readDocuments(
  deps: BillingDeps,
  filter: DocumentFilter,
): Promise<{ readonly rows: readonly DocumentRow[]; readonly names: Names }> {
  return deps.db.inTransaction({ org: filter.org }, async (tx) => {
    const rows = await listDocuments(tx, filter);
    return {
      rows,
      names: await namesOf(
        tx,
        rows.flatMap((row) => [row.issuer, row.supplier]),
      ),
    };
  });
}

export type DocumentAnswer = { readonly document: DocumentDetail; readonly waiting: readonly WaitingReason[]; readonly names: Names };

export function readDocument(deps: BillingDeps, org: OrgId, id: DocumentRow["id"]): Promise<Result<DocumentAnswer, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const document = await documentById(tx, id);
    if (!document || !maySeeDocument(org, document)) return err({ kind: "not-found" });
    const payables = await payablesOf(tx, { supplier: document.supplier }, deps.clock.now());
    const waiting = payables.find((each) => each.document.id === id)?.waiting ?? [];
    return ok({ document, waiting, names: await namesOf(tx, [document.issuer, document.supplier]) });
  });
}

export function readDocumentFile(deps: BillingDeps, org: OrgId, id: DocumentRow["id"], format: "pdf" | "xml") {
  return deps.db.inTransaction({ org }, async (tx): Promise<Result<{ readonly number: string; readonly bytes: Uint8Array }, Problem>> => {
    const file = await documentFile(tx, id, format);
    return file && maySeeDocument(org, file) ? ok(file) : err({ kind: "not-found" });
  });
}

/** Waiting statements with what is missing now: a reason that was cleared since is not shown again. */
export function readWaiting(deps: BillingDeps, org: OrgId) {
  return deps.db.inTransaction("system", async (tx) => {
    const stored = await waitingStatements(tx, org);
    const parties = await taxParties(
      tx,
      stored.flatMap((each) => [each.payer, each.payee]),
    );
    const rows = stored.map((each) => ({ ...each, reasons: reasonsNow(each, parties) }));
    return {
      rows,
      names: await namesOf(
        tx,
        rows.flatMap((row) => [row.payer, row.payee]),
      ),
    };
  });
}

function reasonsNow(statement: WaitingStatement, parties: Awaited<ReturnType<typeof taxParties>>): readonly WaitingReason[] {
  const buyer = parties.get(statement.payer);
  const seller = parties.get(statement.payee);
  const addresses = missingAddress(buyer, seller, { issuer: statement.payer, supplier: statement.payee });
  if (!buyer || !seller || addresses.length > 0) return addresses;
  const treatment = decideVat(buyer, seller);
  if (!treatment.ok) return treatment.error;
  return statement.reasons.filter((reason) => lasting.has(reason.kind));
}

/** Reasons that no tax data can clear. */
const lasting = new Set<WaitingReason["kind"]>([
  "negative-balance",
  "self-billing-not-agreed",
  "exchange-rate-missing",
  "currency-not-billable",
]);

export function readPayables(deps: BillingDeps, org: OrgId): Promise<{ readonly rows: readonly Payable[]; readonly names: Names }> {
  return deps.db.inTransaction("system", async (tx) => {
    const rows = await payablesOf(tx, { issuer: org }, deps.clock.now());
    return {
      rows,
      names: await namesOf(
        tx,
        rows.map((row) => row.document.supplier),
      ),
    };
  });
}

export type RunAnswer = {
  readonly run: RunRow;
  readonly payouts: readonly PayoutRow[];
  readonly names: Names;
  readonly people: People;
  readonly members: number;
};

/** Names of the people who made or approved runs. */
export type People = ReadonlyMap<string, string>;

export function readRun(deps: BillingDeps, org: OrgId, id: PayoutRunId): Promise<Result<RunAnswer, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const run = await runById(tx, id);
    if (!run || !mayManageRun(org, run.payer).ok) return err({ kind: "not-found" });
    const payouts = await payoutsOf(tx, id);
    const names = await namesOf(tx, [run.payer, ...payouts.map((payout) => payout.payee)]);
    return ok({ run, payouts, names, people: await peopleOf(tx, [run]), members: await membersCount(tx, org) });
  });
}

export function readRuns(
  deps: BillingDeps,
  of: { readonly payer: OrgId; readonly state?: string | undefined; readonly after?: string | undefined; readonly limit: number },
) {
  return deps.db.inTransaction("system", async (tx) => {
    const rows = await listRuns(tx, of);
    const names = await namesOf(tx, [of.payer]);
    return { rows, names, people: await peopleOf(tx, rows), members: await membersCount(tx, of.payer) };
  });
}

async function peopleOf(tx: Tx, runs: readonly RunRow[]): Promise<People> {
  const ids = new Set(runs.flatMap((run) => [run.madeBy, run.approvedBy ?? ""]));
  const people = await peopleById(
    tx,
    [...ids].filter((id): id is UserId => isId("usr", id)),
  );
  return new Map(people.map((person) => [person.id, person.name]));
}

async function membersCount(tx: Tx, org: OrgId): Promise<number> {
  return (await findOrganisations(tx, [org]))[0]?.memberCount ?? 0;
}

export function readSettings(deps: BillingDeps, org: OrgId): Promise<{ readonly autoPrepareRun: boolean }> {
  return deps.db.inTransaction({ org }, async (tx) => ({ autoPrepareRun: await autoPreparesRun(tx, org) }));
}

export function saveSettings(deps: BillingDeps, org: OrgId, settings: { readonly autoPrepareRun: boolean }): Promise<void> {
  return deps.db.inTransaction({ org }, (tx) => saveAutoPrepare(tx, org, settings.autoPrepareRun));
}
