import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, BodyOf, getDealVocabulary, previewTerms } from "@biotop/wire";
import { findProgramme } from "../../db/programmes.ts";
import { orgsOf } from "../../domain/agreement.ts";
import { commissionModels } from "../../domain/commission-models/registry.ts";
import { diffTerms } from "../../domain/diff-terms.ts";
import { declineReasons, fieldDefinitions } from "../../domain/fields.ts";
import { termsHeadline, termsText } from "../../domain/terms-text.ts";
import type { ContractsDeps } from "../deps.ts";
import { findingsOf } from "../findings.ts";
import { namesFor } from "./names.ts";

/** Terms checked and read as text, without storing anything. */
export function showPreview(
  deps: ContractsDeps,
  actor: Actor,
  given: BodyOf<typeof previewTerms>,
): Promise<AnswerOf<typeof previewTerms> | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const programme = await findProgramme(tx, given.programme);
    if (!programme) return undefined;
    const names = await namesFor(tx, [...orgsOf(given.parties), ...given.terms.splits.map((split) => split.payee)], [programme.id]);
    const reading = names.reading(programme.id);
    return {
      findings: findingsOf(given.terms, given.parties),
      text: { de: termsText(given.terms, reading, "de"), en: termsText(given.terms, reading, "en") },
      headline: termsHeadline(given.terms),
      changes: given.against ? diffTerms(given.against, given.terms, reading) : [],
    };
  });
}

export function dealVocabulary(): AnswerOf<typeof getDealVocabulary> {
  return {
    fields: Object.values(fieldDefinitions).map(({ field, label, type, ops, choices, levels }) => ({
      field,
      label,
      type,
      ops,
      choices,
      levels,
    })),
    models: commissionModels.map(({ code, version, kind, label, levels }) => ({ code, version, kind, label, levels })),
    declineReasons: Object.entries(declineReasons).map(([code, label]) => ({ code, label })),
  };
}
