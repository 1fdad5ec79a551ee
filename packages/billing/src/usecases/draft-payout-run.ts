import { audit } from "@biotop/access";
import { bankAccountOf, taxProfilesOf } from "@biotop/directory";
import { type Currency, type DocumentId, err, type Instant, isCurrency, type OrgId, ok, present, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { Problem } from "@biotop/wire";
import { settleDocuments } from "../db/documents.ts";
import { dueToPrepare, markPrepared } from "../db/month-ends.ts";
import { insertRun } from "../db/payout-runs.ts";
import { autoPreparesRun } from "../db/payout-settings.ts";
import type { Rail } from "../domain/payability.ts";
import { type PayoutLine, type PayoutRun, type RunActor, runTotalMinor } from "../domain/payout-run.ts";
import type { PayoutRunPrepared } from "../events.ts";
import { runActorOf } from "../policy.ts";
import type { BillingDeps } from "./deps.ts";
import { type Payable, payablesOf } from "./payables.ts";
import { payoutRunHash } from "./payout-run-hash.ts";

export type RunChoice = {
  readonly currency: string;
  readonly rail?: Rail | undefined;
  readonly documents?: readonly DocumentId[] | undefined;
};

export type ChosenPayables = {
  readonly currency: Currency;
  readonly rail: Rail;
  readonly ready: readonly Payable[];
  readonly leftOut: readonly Payable[];
};

/** What a run would pay and what it would leave out. */
export function previewPayoutRun(deps: BillingDeps, payer: OrgId, choice: RunChoice): Promise<Result<ChosenPayables, Problem>> {
  return deps.db.inTransaction("system", (tx) => choose(tx, payer, choice, deps.clock.now(), ""));
}

/** Drafts a run: its lines are fixed, and its documents are in no other run. */
export function createPayoutRun(
  deps: BillingDeps,
  actor: { readonly org: OrgId; readonly principal: Actor },
  choice: RunChoice,
): Promise<Result<PayoutRun, Problem>> {
  return deps.db.inTransaction("system", async (tx) => {
    const at = deps.clock.now();
    const chosen = await choose(tx, actor.org, choice, at, "for update");
    if (!chosen.ok) return chosen;
    const { currency, rail, ready, leftOut } = chosen.value;
    if (choice.documents && leftOut.length > 0) return err({ kind: "document-not-payable", documents: leftOut.map(nameOf) });
    if (ready.length === 0) return err({ kind: "nothing-to-pay" });

    const run = await draft(deps, tx, { payer: actor.org, currency, rail, madeBy: runActorOf(actor.principal), madeAt: at }, ready);
    if (!run.ok) return run;
    await auditDraft(tx, run.value, actor.principal);
    return run;
  });
}

/** Prepares the drafts of one month end that is due; people approve them. Answers how many month ends it did. */
export function prepareDueRuns(deps: BillingDeps, until: Instant): Promise<number> {
  return deps.db.inTransaction("system", async (tx) => {
    const end = await dueToPrepare(tx, until);
    if (!end) return 0;
    await markPrepared(tx, end);
    if (!(await autoPreparesRun(tx, end.payer))) return 1;

    const madeBy: RunActor = { kind: "system", id: "month-end", person: null };
    const ready = (await payablesOf(tx, { issuer: end.payer }, end.prepareDueAt, "for update")).filter(isReady);
    for (const group of Map.groupBy(ready, (each) => `${each.document.currency}/${each.rail}`).values()) {
      const { document, rail } = present(group[0], "a group has a member");
      const of = { payer: end.payer, currency: document.currency, rail, madeBy, madeAt: end.prepareDueAt };
      const run = await draft(deps, tx, of, group);
      if (!run.ok) continue;
      await auditDraft(tx, run.value, "system");
      const prepared: PayoutRunPrepared = {
        type: "payout-run.prepared",
        runId: run.value.id,
        payer: end.payer,
        currency: run.value.currency,
        totalMinor: runTotalMinor(run.value).toString(),
      };
      await publish(tx, prepared);
    }
    return 1;
  });
}

async function choose(
  tx: Tx,
  payer: OrgId,
  choice: RunChoice,
  now: Instant,
  lock: "for update" | "",
): Promise<Result<ChosenPayables, Problem>> {
  const { currency } = choice;
  if (!isCurrency(currency))
    return err({ kind: "invalid-request", errors: [{ pointer: "/currency", code: "currency", detail: currency }] });
  const rail = choice.rail ?? (currency === "EUR" ? "sepa" : "manual");
  if (rail === "sepa" && currency !== "EUR") return err({ kind: "rail-not-for-currency", currency });

  const payables = await payablesOf(tx, { issuer: payer }, now, lock);
  const wanted = new Set<string>(choice.documents ?? []);
  if ([...wanted].some((id) => !payables.some((each) => each.document.id === id))) return err({ kind: "not-found" });
  const chosen = payables.filter((each) => (wanted.size > 0 ? wanted.has(each.document.id) : each.document.currency === currency));
  const fits = (each: Payable) => isReady(each) && each.rail === rail && each.document.currency === currency;
  return ok({ currency, rail, ready: chosen.filter(fits), leftOut: chosen.filter((each) => !fits(each)) });
}

type DraftOf = Pick<PayoutRun, "payer" | "currency" | "rail" | "madeBy" | "madeAt">;

async function draft(deps: BillingDeps, tx: Tx, of: DraftOf, ready: readonly Payable[]): Promise<Result<PayoutRun, Problem>> {
  const payerAccount = await bankAccountOf(tx, of.payer, of.currency);
  if (of.rail === "sepa" && !payerAccount?.iban) return err({ kind: "payer-bank-account-missing", currency: of.currency });

  const payees = [...new Set(ready.map((each) => each.document.supplier))];
  const addresses = new Map((await taxProfilesOf(tx, payees)).map((profile) => [profile.org, profile]));
  const lines = payees.map((payee): PayoutLine => {
    const own = ready.filter((each) => each.document.supplier === payee);
    const account = present(own[0]?.account, "what is ready has an account");
    return {
      id: deps.ids.next("pay"),
      payee,
      amountMinor: own.reduce((total, each) => total + each.document.grossMinor, 0n),
      holder: account.holder,
      iban: account.iban,
      accountText: account.accountText,
      city: addresses.get(payee)?.city ?? "",
      country: addresses.get(payee)?.country ?? "",
      reference: referenceOf(own),
      documents: own.map((each) => each.document.id),
    };
  });
  const run: PayoutRun = {
    ...of,
    id: deps.ids.next("run"),
    payerHolder: payerAccount?.holder ?? "",
    payerIban: payerAccount?.iban ?? null,
    lines,
    state: "draft",
  };
  await insertRun(tx, run, payoutRunHash(run), runTotalMinor(run));
  const payoutOf = new Map(lines.flatMap((line) => line.documents.map((document) => [document, line.id] as const)));
  await settleDocuments(tx, [...payoutOf.keys()], { settlement: "in-payout-run" }, payoutOf);
  return ok(run);
}

const numbersNamedMax = 4;

function referenceOf(payables: readonly Payable[]): string {
  const numbers = payables.map((each) => each.document.number);
  const more = numbers.length - numbersNamedMax;
  return `Gutschrift ${numbers.slice(0, numbersNamedMax).join(", ")}${more > 0 ? ` +${more}` : ""}`;
}

function isReady(each: Payable): boolean {
  return each.waiting.length === 0;
}

function nameOf(each: Payable) {
  return { id: each.document.id, number: each.document.number, waiting: each.waiting };
}

async function auditDraft(tx: Tx, run: PayoutRun, principal: Actor | "system"): Promise<void> {
  const facts = { currency: run.currency, totalMinor: runTotalMinor(run).toString(), payouts: run.lines.length };
  await audit(tx, { org: run.payer, principal, action: "payout-run.drafted", subject: run.id, facts });
}
