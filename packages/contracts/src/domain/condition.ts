/** The closed list of fields that a rule may ask for; each is described in `fields.ts`. */
export type Field = "itemGroup" | "sku" | "category" | "customerStatus" | "voucher" | "basketMinor" | "country";

export type Comparison =
  | { readonly field: Field; readonly op: "eq"; readonly value: string }
  | { readonly field: Field; readonly op: "in" | "prefix"; readonly value: readonly string[] }
  | { readonly field: Field; readonly op: "range"; readonly value: { readonly from: bigint | null; readonly below: bigint | null } }
  | { readonly field: Field; readonly op: "exists"; readonly value: boolean };

export type Operator = Comparison["op"];

/** A typed condition tree: when a rule applies. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison;

/** What a field holds for one line: texts (none, one or several) or an amount. */
export type Fact = readonly string[] | bigint;

/** Whether a condition holds. A field without a value matches no comparison but `exists: false`. */
export function matches(condition: Condition, factOf: (field: Field) => Fact): boolean {
  if ("all" in condition) return condition.all.every((part) => matches(part, factOf));
  if ("any" in condition) return condition.any.some((part) => matches(part, factOf));
  if ("not" in condition) return !matches(condition.not, factOf);
  return compare(condition, factOf(condition.field));
}

function compare(comparison: Comparison, fact: Fact): boolean {
  if (typeof fact === "bigint") {
    if (comparison.op !== "range") return false;
    const { from, below } = comparison.value;
    return (from === null || fact >= from) && (below === null || fact < below);
  }
  switch (comparison.op) {
    case "eq":
      return fact.includes(comparison.value);
    case "in":
      return fact.some((text) => comparison.value.includes(text));
    case "prefix":
      return fact.some((text) => comparison.value.some((prefix) => text.startsWith(prefix)));
    case "exists":
      return fact.length > 0 === comparison.value;
    case "range":
      return false;
    default:
      return comparison satisfies never;
  }
}

/** Every comparison of a tree with its JSON pointer below `pointer`. */
export function comparisonsOf(
  condition: Condition,
  pointer: string,
): readonly { readonly pointer: string; readonly comparison: Comparison }[] {
  if ("all" in condition) return condition.all.flatMap((part, index) => comparisonsOf(part, `${pointer}/all/${index}`));
  if ("any" in condition) return condition.any.flatMap((part, index) => comparisonsOf(part, `${pointer}/any/${index}`));
  if ("not" in condition) return comparisonsOf(condition.not, `${pointer}/not`);
  return [{ pointer, comparison: condition }];
}
