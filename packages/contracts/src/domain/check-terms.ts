import { type LocalText, type OrgId, ppmWhole } from "@biotop/kernel";
import { type Comparison, comparisonsOf } from "./condition.ts";
import { fieldDefinitions } from "./fields.ts";
import { implies } from "./implies.ts";
import { type ConversionType, type Level, otherwiseRuleId, type Terms } from "./terms.ts";

/** Something that is wrong (`error`: cannot be handed over) or surprising (`warning`) in terms. */
export type Finding = {
  readonly pointer: string;
  readonly code: keyof typeof findingTitles;
  readonly severity: "error" | "warning";
  readonly title: LocalText;
};

export const findingTitles = {
  "duplicate-event": { de: "Diese Conversion-Art kommt doppelt vor", en: "This conversion type occurs twice" },
  "duplicate-rule-id": { de: "Diese Regel-Kennung kommt doppelt vor", en: "This rule id occurs twice" },
  "reserved-rule-id": { de: "„otherwise“ ist vergeben", en: "“otherwise” is reserved" },
  "unreachable-rule": {
    de: "Diese Regel wird nie erreicht: eine frühere trifft immer zuerst zu",
    en: "This rule is never reached: an earlier one always applies first",
  },
  "operator-not-for-field": { de: "Dieser Vergleich passt nicht zum Feld", en: "This comparison does not fit the field" },
  "unknown-value": { de: "Diesen Wert kennt das Feld nicht", en: "The field does not know this value" },
  "field-needs-item-level": {
    de: "Dieses Feld gibt es nur bei Vergütung je Position",
    en: "This field exists only where each item is paid for",
  },
  "empty-range": { de: "Dieser Bereich ist leer", en: "This range is empty" },
  "duplicate-split-id": { de: "Diese Anteil-Kennung kommt doppelt vor", en: "This share id occurs twice" },
  "inside-above-whole": {
    de: "Die Anteile aus der Provision übersteigen zusammen 100 %",
    en: "The shares out of the commission are above 100% together",
  },
  "earner-gets-nothing": { de: "Dem Partner bleibt nichts von der Provision", en: "Nothing of the commission is left for the partner" },
  "payee-not-a-party": { de: "Der Empfänger ist keine Vertragspartei", en: "The payee is not a party to the contract" },
  "payee-is-payer": { de: "Der Zahler kann nicht zugleich Empfänger sein", en: "The payer cannot be a payee" },
  "payee-is-earner": { de: "Der Partner bekommt bereits die Provision", en: "The partner already gets the commission" },
  "pays-nothing": { de: "Diese Conversion-Art vergütet nichts", en: "This conversion type pays nothing" },
  "self-billing-not-agreed": {
    de: "Ohne vereinbartes Gutschriftverfahren entstehen keine Gutschriften",
    en: "Without agreed self-billing no documents are issued",
  },
} as const satisfies Record<string, LocalText>;

/** The roles that the check needs to know; absent parties are not judged (a template has none). */
export type CheckedParties = { readonly payer: OrgId | undefined; readonly earner: OrgId | undefined; readonly all: readonly OrgId[] };

/** Static checks of terms; pointers lead into the terms. */
export function checkTerms(terms: Terms, parties: CheckedParties | undefined): readonly Finding[] {
  const events = terms.conversionTypes.map((type) => type.event);
  return [
    ...terms.conversionTypes.flatMap((type, index) => [
      ...(events.indexOf(type.event) < index ? [error(`/conversionTypes/${index}/event`, "duplicate-event")] : []),
      ...checkConversionType(type, `/conversionTypes/${index}`),
    ]),
    ...checkSplits(terms),
    ...(parties ? checkPayees(terms, parties) : []),
    ...(terms.selfBilling.agreed ? [] : [warning("/selfBilling/agreed", "self-billing-not-agreed")]),
  ];
}

function checkConversionType(type: ConversionType, at: string): readonly Finding[] {
  const ids = type.rules.map((rule) => rule.id);
  const pays = [...type.rules.map((rule) => rule.pay), type.otherwise];
  const isFree = pays.every((pay) => pay.kind === "none" || (pay.kind === "percent" ? pay.ppm : pay.minor) === 0n);
  return [
    ...type.rules.flatMap((rule, index) => {
      const pointer = `${at}/rules/${index}`;
      const isHidden = type.rules.slice(0, index).some((earlier) => implies(rule.when, earlier.when));
      return [
        ...(ids.indexOf(rule.id) < index ? [error(`${pointer}/id`, "duplicate-rule-id")] : []),
        ...(rule.id === otherwiseRuleId ? [error(`${pointer}/id`, "reserved-rule-id")] : []),
        ...comparisonsOf(rule.when, `${pointer}/when`).flatMap((each) => checkComparison(each.comparison, each.pointer, type.level)),
        ...(isHidden ? [error(pointer, "unreachable-rule")] : []),
      ];
    }),
    ...(isFree ? [warning(at, "pays-nothing")] : []),
  ];
}

function checkComparison(comparison: Comparison, pointer: string, level: Level): readonly Finding[] {
  const definition = fieldDefinitions[comparison.field];
  if (!definition.ops.includes(comparison.op)) return [error(`${pointer}/op`, "operator-not-for-field")];
  if (!definition.levels.includes(level)) return [error(`${pointer}/field`, "field-needs-item-level")];
  if (comparison.op === "range") {
    const { from, below } = comparison.value;
    return from !== null && below !== null && from >= below ? [error(`${pointer}/value`, "empty-range")] : [];
  }
  if (comparison.op === "exists") return [];
  const values = comparison.op === "eq" ? [comparison.value] : comparison.value;
  const isKnown = (value: string): boolean =>
    (definition.choices.length === 0 || definition.choices.some((choice) => choice.value === value)) &&
    (definition.pattern === undefined || definition.pattern.test(value));
  return values.every(isKnown) ? [] : [error(`${pointer}/value`, "unknown-value")];
}

function checkSplits(terms: Terms): readonly Finding[] {
  const ids = terms.splits.map((split) => split.id);
  const inside = terms.splits.reduce((total, split) => total + (split.kind === "inside-commission" ? split.ppm : 0n), 0n);
  return [
    ...terms.splits.flatMap((split, index) => (ids.indexOf(split.id) < index ? [error(`/splits/${index}/id`, "duplicate-split-id")] : [])),
    ...(inside > ppmWhole ? [error("/splits", "inside-above-whole")] : []),
    ...(inside === ppmWhole ? [warning("/splits", "earner-gets-nothing")] : []),
  ];
}

function checkPayees(terms: Terms, parties: CheckedParties): readonly Finding[] {
  return terms.splits.flatMap((split, index) => {
    const pointer = `/splits/${index}/payee`;
    if (split.payee === parties.payer) return [error(pointer, "payee-is-payer")];
    if (split.payee === parties.earner) return [error(pointer, "payee-is-earner")];
    return parties.all.includes(split.payee) ? [] : [error(pointer, "payee-not-a-party")];
  });
}

function error(pointer: string, code: Finding["code"]): Finding {
  return { pointer, code, severity: "error", title: findingTitles[code] };
}

function warning(pointer: string, code: Finding["code"]): Finding {
  return { pointer, code, severity: "warning", title: findingTitles[code] };
}
