import { contractParty, dealTerms, effectiveRule } from "@biotop/wire";
import { z } from "zod";
import type { EffectiveRule, Party } from "../domain/agreement.ts";
import { plainJson } from "../domain/calculate.ts";
import type { Terms } from "../domain/terms.ts";

const parties = z.array(contractParty).readonly();
const known = new Map<string, Terms>();
const knownMax = 2_000;

export function termsFrom(stored: unknown): Terms {
  return dealTerms.parse(stored);
}

/** Terms of an immutable version, read once per process: the same object for the same hash. */
export function versionTermsFrom(hash: string, stored: unknown): Terms {
  const found = known.get(hash);
  if (found) return found;
  const terms = termsFrom(stored);
  const oldest = known.keys().next();
  if (known.size >= knownMax && !oldest.done) known.delete(oldest.value);
  known.set(hash, terms);
  return terms;
}

export function partiesFrom(stored: unknown): readonly Party[] {
  return parties.parse(stored);
}

export function effectiveRuleFrom(stored: unknown): EffectiveRule {
  return effectiveRule.parse(stored);
}

/** As jsonb text, bigint as decimal text: what the wire's schemas read back. */
export function stored(value: unknown): string {
  return JSON.stringify(plainJson(value));
}
