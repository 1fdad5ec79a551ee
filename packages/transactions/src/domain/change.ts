import type { Position } from "@biotop/contracts";
import { allocate, assert, type Instant } from "@biotop/kernel";
import type { Report, Validation } from "./conversion.ts";
import type { Rules } from "./rules.ts";

export type Returned = { readonly index?: number | undefined; readonly sku?: string | undefined; readonly quantity: number };

/** What can happen to a conversion after its report. */
export type ChangeOp =
  | { readonly op: "approve" }
  | { readonly op: "decline"; readonly reason: string }
  | { readonly op: "hold"; readonly reason?: string | undefined }
  | { readonly op: "release" }
  | { readonly op: "return"; readonly positions: readonly Returned[] }
  | { readonly op: "amount"; readonly netMinor: bigint; readonly positions: readonly Position[] }
  /** A click that arrived late: who earns was found again. */
  | { readonly op: "attribute" };

export type ChangeSource = "api" | "hand" | "deadline" | "system";

export type Change = { readonly changeId: string; readonly at: Instant; readonly source: ChangeSource } & ChangeOp;

/** A conversion after all its changes. */
export type Current = {
  readonly netMinor: bigint;
  readonly positions: readonly Position[];
  readonly decision: "open" | "approved" | "declined" | "held";
  readonly reason: string | undefined;
  readonly isChanged: boolean;
};

/**
 * The state that follows from the report and its changes, whatever the order in which they arrived: changes hold in the order
 * of their time, a person's or a shop's decision outranks the contract's deadline.
 */
export function current(rules: Rules, report: Report, changes: readonly Change[]): Current {
  const ordered = [...changes].sort(byTime);
  const { positions, netMinor } = goodsAfter(rules, report, ordered);
  return { positions, netMinor, ...decisionAfter(report, ordered), isChanged: netMinor !== report.netMinor };
}

/** By business time; changes of the same instant stay in the order in which they arrived. */
function byTime(a: Change, b: Change): number {
  return a.at === b.at ? 0 : a.at < b.at ? -1 : 1;
}

function decisionAfter(report: Report, ordered: readonly Change[]): Pick<Current, "decision" | "reason"> {
  const explicit = ordered.filter((each) => each.source !== "deadline" && isDecision(each)).at(-1);
  const deadline = ordered.find((each) => each.source === "deadline" && isDecision(each));
  const last = explicit && explicit.op !== "release" ? explicit : (deadline ?? explicit);
  if (!last || last.op === "release")
    return { decision: report.status, reason: report.status === "declined" ? "reported-declined" : undefined };
  if (last.op === "decline") return { decision: "declined", reason: last.reason };
  if (last.op === "hold") return { decision: "held", reason: last.reason };
  return { decision: "approved", reason: undefined };
}

function isDecision(change: Change): boolean {
  return change.op === "approve" || change.op === "decline" || change.op === "hold" || change.op === "release";
}

/** What is still bought: a new amount replaces the goods, a return takes from them. */
function goodsAfter(
  rules: Rules,
  report: Report,
  ordered: readonly Change[],
): { readonly positions: readonly Position[]; readonly netMinor: bigint } {
  let base: readonly Position[] = report.positions;
  let netMinor = report.netMinor;
  let returned = new Map<number, number>();
  for (const change of ordered) {
    if (change.op === "amount") {
      base = change.positions.length > 0 ? change.positions : spread(base, change.netMinor);
      netMinor = change.netMinor;
      returned = new Map();
    } else if (change.op === "return") take(base, returned, change.positions);
  }
  if (base.length === 0) return { positions: [], netMinor };
  assert(total(base) === netMinor, "the positions of a conversion sum up to its value");
  const positions = base.map((position) => rules.afterReturn(position, returned.get(position.index) ?? 0));
  return { positions, netMinor: total(positions) };
}

function total(positions: readonly Position[]): bigint {
  return positions.reduce((sum, position) => sum + position.netMinor, 0n);
}

/** A new total without positions is spread over the old ones by value, to the cent. */
function spread(positions: readonly Position[], netMinor: bigint): readonly Position[] {
  if (positions.length === 0) return [];
  const byValue = positions.map((position) => position.netMinor);
  const weights = byValue.some((weight) => weight > 0n) ? byValue : positions.map((position) => BigInt(position.quantity));
  const parts = allocate(netMinor, weights);
  return positions.map((position, index) => ({ ...position, netMinor: parts[index] ?? 0n }));
}

/** Takes what fits; what does not fit was refused when it came. */
function take(base: readonly Position[], returned: Map<number, number>, wanted: readonly Returned[]): void {
  for (const { index, sku, quantity } of wanted) {
    let left = quantity;
    for (const position of base) {
      if (left === 0) break;
      if (index === undefined ? position.sku !== sku : position.index !== index) continue;
      const already = returned.get(position.index) ?? 0;
      const taken = Math.min(left, position.quantity - already);
      returned.set(position.index, already + taken);
      left -= taken;
    }
  }
}

/** Why a return cannot be: more comes back than was sold, or nothing of that name was. */
export function returnRefusal(state: Current, wanted: readonly Returned[]): "unknown-position" | "return-exceeds-quantity" | undefined {
  const left = new Map(state.positions.map((position) => [position.index, position.quantity]));
  for (const { index, sku, quantity } of wanted) {
    const matching = state.positions.filter((position) => (index === undefined ? position.sku === sku : position.index === index));
    if (matching.length === 0) return "unknown-position";
    let open = quantity;
    for (const position of matching) {
      const available = left.get(position.index) ?? 0;
      const taken = Math.min(open, available);
      left.set(position.index, available - taken);
      open -= taken;
    }
    if (open > 0) return "return-exceeds-quantity";
  }
  return undefined;
}

/** The merchant's axis as it is shown. */
export function validationOf(state: Current): Validation {
  return state.decision === "approved" && state.isChanged ? "adjusted" : state.decision;
}

export function reasonOf(state: Current, changes: readonly Change[]): string | undefined {
  if (state.reason) return state.reason;
  if (!state.isChanged) return undefined;
  const last = [...changes]
    .sort(byTime)
    .filter((each) => each.op === "return" || each.op === "amount")
    .at(-1);
  return last?.op === "return" ? "returned" : "amount-changed";
}
