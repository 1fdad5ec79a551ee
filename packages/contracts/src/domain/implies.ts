import { canonicalJson } from "@biotop/kernel";
import { plainJson } from "./calculate.ts";
import type { Comparison, Condition } from "./condition.ts";

/**
 * Whether `condition` can only hold where `wider` holds too. Sound but not complete: `true` is always right, so a rule that is
 * named unreachable really is; some unreachable rules are not found.
 */
export function implies(condition: Condition, wider: Condition): boolean {
  if (canonicalJson(plainJson(condition)) === canonicalJson(plainJson(wider))) return true;
  if ("any" in condition) return condition.any.every((part) => implies(part, wider));
  if ("all" in wider) return wider.all.every((part) => implies(condition, part));
  if ("any" in wider && wider.any.some((part) => implies(condition, part))) return true;
  if ("all" in condition) return condition.all.some((part) => implies(part, wider));
  if ("not" in condition) return "not" in wider && implies(wider.not, condition.not);
  if ("any" in wider || "not" in wider) return false;
  return comparisonImplies(condition, wider);
}

function comparisonImplies(narrow: Comparison, wide: Comparison): boolean {
  if (narrow.field !== wide.field) return false;
  if (narrow.op === "range" || wide.op === "range")
    return narrow.op === "range" && wide.op === "range" && isWithin(narrow.value, wide.value);
  if (wide.op === "exists") return wide.value && narrow.op !== "exists";
  if (narrow.op === "exists") return false;
  const values = narrow.op === "eq" ? [narrow.value] : narrow.value;
  if (wide.op === "prefix") return values.every((value) => wide.value.some((prefix) => value.startsWith(prefix)));
  if (narrow.op === "prefix") return false;
  const accepted = wide.op === "eq" ? [wide.value] : wide.value;
  return values.every((value) => accepted.includes(value));
}

type Range = { readonly from: bigint | null; readonly below: bigint | null };

function isWithin(narrow: Range, wide: Range): boolean {
  const startsInside = wide.from === null || (narrow.from !== null && narrow.from >= wide.from);
  const endsInside = wide.below === null || (narrow.below !== null && narrow.below <= wide.below);
  return startsInside && endsInside;
}
