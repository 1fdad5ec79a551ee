import type { Terms } from "@biotop/contracts";
import { type CommissionLineId, err, type Instant, type OrgId, ok, type Result } from "@biotop/kernel";
import type { NewEntry } from "@biotop/ledger";
import { type Change, current, reasonOf, returnRefusal, validationOf } from "./change.ts";
import type { Conversion } from "./conversion.ts";
import { deadlineOf } from "./deadline.ts";
import { type Line, postingsBetween, settle } from "./line.ts";
import { price, type Target } from "./pricing.ts";
import type { Rules } from "./rules.ts";

/** A conversion with everything that a change needs to know. */
export type Loaded = {
  readonly conversion: Conversion;
  readonly changes: readonly Change[];
  readonly lines: readonly Line[];
  /** Under which terms it was priced; absent while nobody earns. */
  readonly terms: Terms | undefined;
};

export type Applied = Loaded & {
  readonly changedLines: readonly Line[];
  readonly entries: readonly NewEntry[];
};

export type ChangeRefusal = { readonly kind: "reason-not-agreed" | "unknown-position" | "return-exceeds-quantity" | "amount-too-large" };

/** Whether a change needs the goods themselves: everything else moves amounts that are known. */
export function needsGoods(change: Change): boolean {
  return change.op === "return" || change.op === "amount" || change.op === "attribute";
}

/** Applies one change: new state, lines, and the entry that is their difference. */
export function applyChange(rules: Rules, loaded: Loaded, change: Change, newId: () => CommissionLineId): Result<Applied, ChangeRefusal> {
  const refusal = refusalOf(rules, loaded, change);
  if (refusal) return err({ kind: refusal });
  return ok(reckon(rules, loaded, [...loaded.changes, change], change.at, causeOf(change), newId, needsGoods(change)));
}

function refusalOf(rules: Rules, { conversion, changes, terms }: Loaded, change: Change): ChangeRefusal["kind"] | undefined {
  if (change.op === "decline" && terms && change.source !== "deadline" && !terms.validation.declineReasons.includes(change.reason))
    return "reason-not-agreed";
  if (change.op === "return") return returnRefusal(current(rules, conversion.report, changes), change.positions);
  return undefined;
}

function causeOf(change: Change): string {
  if (change.op === "return" || change.op === "amount") return "adjust";
  return change.op === "attribute" ? "reattribute" : change.op;
}

function reckon(
  rules: Rules,
  loaded: Loaded,
  changes: readonly Change[],
  at: Instant,
  cause: string,
  newId: () => CommissionLineId,
  withGoods: boolean,
): Applied {
  const { conversion, terms, lines } = loaded;
  const { report, pricing } = conversion;
  const state = current(rules, report, changes);
  const validation = validationOf(state);
  const isRepriced = withGoods || conversion.validation === "declined" || conversion.valueMinor !== report.netMinor;
  const next: Conversion = {
    ...conversion,
    version: conversion.version + 1,
    valueMinor: isRepriced ? state.netMinor : conversion.valueMinor,
    validation,
    reason: reasonOf(state, changes),
    deadline: undefined,
  };
  if (pricing.state !== "priced" || !terms) return { ...loaded, conversion: next, changes, changedLines: [], entries: [] };

  const { by } = pricing;
  const priced = isRepriced ? price(rules, report, state, by, terms) : { targets: known(lines, by.partner, state.decision === "declined") };
  const settled = settle(lines, {
    contract: { id: by.contract, version: by.contractVersion, payer: by.payer, partner: by.partner, currency: by.currency },
    targets: priced.targets,
    validation,
    at,
    newId,
  });
  const deadline = validation === "open" ? deadlineOf(report.occurredAt, terms.validation.days, terms.timeZone) : undefined;
  const costMinor = priced.targets.reduce((sum, target) => sum + target.amountMinor, 0n);
  return {
    ...loaded,
    conversion: { ...next, costMinor, deadline },
    changes,
    lines: settled.lines,
    changedLines: settled.changed,
    entries: entriesOf(rules, loaded, settled.lines, next, at, cause),
  };
}

/** What each payee has now, as targets: a decision moves or withdraws it, nothing is priced again. */
function known(lines: readonly Line[], partner: OrgId, isDeclined: boolean): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const line of lines) {
    if (line.partner !== partner || line.trace.of === "withdrawn") continue;
    const key = `${line.payee} ${line.kind}`;
    const before = targets.get(key)?.amountMinor ?? 0n;
    targets.set(key, {
      payee: line.payee,
      kind: line.kind,
      amountMinor: isDeclined ? 0n : before + line.amountMinor,
      trace: line.trace,
    });
  }
  return [...targets.values()];
}

/**
 * The entries of a change. Taking back the first accrual as a whole is a linked reversal; every other change is one entry with the
 * difference, linked to the conversion by its cause.
 */
function entriesOf(
  rules: Rules,
  before: Loaded,
  after: readonly Line[],
  next: Conversion,
  at: Instant,
  cause: string,
): readonly NewEntry[] {
  const { conversion, lines } = before;
  const ref = conversion.id;
  const key = `${ref}/${next.version}`;
  const takesBack = cause === "decline" || cause === "reattribute";
  const back = postingsBetween(rules, lines, []);
  if (takesBack && isFirstAccrual(conversion, lines) && back.length > 0) {
    const forward = postingsBetween(rules, [], after);
    const reversal: NewEntry = {
      idempotencyKey: key,
      cause: { kind: cause, ref },
      effectiveAt: at,
      postings: back,
      reverses: rules.entryId(`${ref}/1`, conversion.receivedAt),
    };
    if (forward.length === 0) return [reversal];
    return [reversal, { idempotencyKey: `${key}/accrue`, cause: { kind: "accrue", ref }, effectiveAt: at, postings: forward }];
  }
  const postings = postingsBetween(rules, lines, after);
  return postings.length === 0 ? [] : [{ idempotencyKey: key, cause: { kind: cause, ref }, effectiveAt: at, postings }];
}

function isFirstAccrual(conversion: Conversion, lines: readonly Line[]): boolean {
  return conversion.version === 1 && lines.every((line) => line.settlement === "unbilled");
}
