import {
  assert,
  type CommissionLineId,
  type ContractId,
  type ContractVersionId,
  type Currency,
  type DocumentId,
  type Instant,
  type OrgId,
} from "@biotop/kernel";
import type { ClaimStage, Posting } from "@biotop/ledger";
import type { Validation } from "./conversion.ts";
import type { Target } from "./pricing.ts";
import type { Rules } from "./rules.ts";
import type { Trace } from "./trace.ts";

export type LineStage = ClaimStage | "declined";

/** One party's share of one conversion, or the correction of one that a document already carries. */
export type Line = {
  readonly id: CommissionLineId;
  readonly payer: OrgId;
  readonly payee: OrgId;
  readonly partner: OrgId;
  readonly contract: ContractId;
  readonly contractVersion: ContractVersionId;
  readonly kind: string;
  readonly no: number;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly stage: LineStage;
  readonly billableAt: Instant | undefined;
  readonly settlement: "unbilled" | "billed" | "paid";
  readonly document: { readonly id: DocumentId; readonly position: number } | undefined;
  readonly corrects: CommissionLineId | undefined;
  readonly trace: Trace;
};

export type Settling = {
  readonly contract: {
    readonly id: ContractId;
    readonly version: ContractVersionId;
    readonly payer: OrgId;
    readonly partner: OrgId;
    readonly currency: Currency;
  };
  readonly targets: readonly Target[];
  readonly validation: Validation;
  readonly at: Instant;
  readonly newId: () => CommissionLineId;
};

export type Settled = { readonly lines: readonly Line[]; readonly changed: readonly Line[] };

export function lineStage(validation: Validation): LineStage {
  if (validation === "declined") return "declined";
  return validation === "approved" || validation === "adjusted" ? "approved" : "open";
}

/**
 * Brings the lines of a conversion to what they should be. A line that no document carries yet takes the new amount; of what was
 * billed only the difference becomes a further line, approved at once, that names the billed one.
 */
export function settle(existing: readonly Line[], settling: Settling): Settled {
  const groups = new Map<string, Line[]>();
  for (const line of existing) groups.set(groupOf(line), [...(groups.get(groupOf(line)) ?? []), line]);
  const targets = new Map(settling.targets.map((target) => [groupOf(target), target]));
  assert(targets.size === settling.targets.length, "a conversion has one line for each payee and kind");

  const lines: Line[] = [];
  const changed: Line[] = [];
  for (const key of new Set([...groups.keys(), ...targets.keys()])) {
    const group = groups.get(key) ?? [];
    const before = group.find((line) => line.settlement === "unbilled");
    const after = nextLine(group, before, targets.get(key), settling);
    lines.push(...group.filter((line) => line !== before), ...(after ? [after] : []));
    if (!after || after === before) continue;
    changed.push(after);
  }
  return { lines, changed };
}

/** What has to be posted so that the accounts go from one set of lines to the other; billed lines are in neither's difference. */
export function postingsBetween(rules: Rules, before: readonly Line[], after: readonly Line[]): readonly Posting[] {
  const postings = new Map<string, Posting>();
  for (const line of before) if (line.settlement === "unbilled") addPostings(rules, postings, line, -line.amountMinor);
  for (const line of after) if (line.settlement === "unbilled") addPostings(rules, postings, line, line.amountMinor);
  return [...postings.values()].filter((posting) => posting.amountMinor !== 0n);
}

function groupOf({ payee, kind }: { readonly payee: OrgId; readonly kind: string }): string {
  return `${payee} ${kind}`;
}

/** The one line of a payee and kind that no document carries; `undefined` when none is needed. */
function nextLine(group: readonly Line[], before: Line | undefined, target: Target | undefined, settling: Settling): Line | undefined {
  const billed = group.filter((line) => line.settlement !== "unbilled");
  const last = billed.at(-1);
  const amountMinor = (target?.amountMinor ?? 0n) - billed.reduce((sum, line) => sum + line.amountMinor, 0n);
  const trace: Trace = target?.trace ?? { of: "withdrawn", reason: "reattributed" };
  if (!before) {
    if (last && amountMinor === 0n) return undefined;
    return newLine(group.length + 1, last, amountMinor, trace, target, settling);
  }
  const stage = last ? "approved" : target ? lineStage(settling.validation) : "declined";
  const isSame = before.amountMinor === amountMinor && before.stage === stage && inputOf(before.trace) === inputOf(trace);
  if (isSame && sameContract(before, settling, target)) return before;
  const billableAt = stage !== "approved" ? undefined : before.stage === "approved" ? before.billableAt : settling.at;
  const by = target && !last ? contractOf(settling) : {};
  return { ...before, ...by, amountMinor, stage, billableAt, trace };
}

function inputOf(trace: Trace): string {
  return trace.of === "withdrawn" ? trace.reason : trace.input;
}

function sameContract(line: Line, { contract }: Settling, target: Target | undefined): boolean {
  return target === undefined || line.corrects !== undefined || line.contractVersion === contract.version;
}

function contractOf({ contract }: Settling): Pick<Line, "payer" | "partner" | "contract" | "contractVersion" | "currency"> {
  return {
    payer: contract.payer,
    partner: contract.partner,
    contract: contract.id,
    contractVersion: contract.version,
    currency: contract.currency,
  };
}

function newLine(
  no: number,
  corrected: Line | undefined,
  amountMinor: bigint,
  trace: Trace,
  target: Target | undefined,
  settling: Settling,
): Line {
  const stage = corrected ? "approved" : lineStage(settling.validation);
  const payee = target?.payee ?? corrected?.payee;
  const kind = target?.kind ?? corrected?.kind;
  assert(payee !== undefined && kind !== undefined, "a line has a payee");
  const by = corrected
    ? {
        payer: corrected.payer,
        partner: corrected.partner,
        contract: corrected.contract,
        contractVersion: corrected.contractVersion,
        currency: corrected.currency,
      }
    : contractOf(settling);
  return {
    ...by,
    id: settling.newId(),
    payee,
    kind,
    no,
    amountMinor,
    stage,
    billableAt: stage === "approved" ? settling.at : undefined,
    settlement: "unbilled",
    document: undefined,
    corrects: corrected?.id,
    trace,
  };
}

function addPostings(rules: Rules, postings: Map<string, Posting>, line: Line, amountMinor: bigint): void {
  if (line.stage === "declined" || amountMinor === 0n) return;
  const claim = { payer: line.payer, payee: line.payee, currency: line.currency };
  for (const { account, amountMinor: part } of rules.raise(claim, line.stage, amountMinor)) {
    const key = `${account.owner} ${account.code} ${account.counterparty} ${account.currency}`;
    postings.set(key, { account, amountMinor: (postings.get(key)?.amountMinor ?? 0n) + part });
  }
}
