import { type Currency, decimalText, type Language, type LocalText, languages, minorDigits, type OrgId } from "@biotop/kernel";
import type { Party, PartyRole } from "./agreement.ts";
import { modelOf } from "./commission-models/registry.ts";
import type { Comparison, Condition } from "./condition.ts";
import { declineReasons, fieldDefinitions } from "./fields.ts";
import type { Level, Pay, Split } from "./terms.ts";

/** What terms are read with: they name organisations by id and baskets in the shop's currency. */
export type ReadingContext = { readonly names: Readonly<Record<OrgId, string>>; readonly shopCurrency: Currency };

const locales: Readonly<Record<Language, string>> = { de: "de-DE", en: "en-GB" };

/** The same words in both languages, so that the two can never disagree on a number. */
export function inBoth(say: (language: Language) => string): LocalText {
  const [de, en] = languages.map(say);
  return { de: de ?? "", en: en ?? "" };
}

export function amountText(minor: bigint, code: Currency, language: Language): string {
  const digits = minorDigits(code);
  return new Intl.NumberFormat(locales[language], {
    style: "currency",
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimalText({ currency: code, minor }) as Intl.StringNumericLiteral);
}

/** 75,000 ppm is `7,5 %` and `7.5%`. */
export function percentText(ppm: bigint, language: Language): string {
  const fraction = `${ppm / 1_000_000n}.${(ppm % 1_000_000n).toString().padStart(6, "0")}`;
  return new Intl.NumberFormat(locales[language], { style: "percent", maximumFractionDigits: 4 }).format(
    fraction as Intl.StringNumericLiteral,
  );
}

export function daysText(days: number, language: Language): string {
  if (language === "de") return days === 1 ? "1 Tag" : `${days} Tage`;
  return days === 1 ? "1 day" : `${days} days`;
}

export function payPhrase(pay: Pay, level: Level, settlement: Currency): LocalText {
  return modelOf(pay).phrase(
    pay,
    level,
    (minor) => inBoth((language) => amountText(minor, settlement, language)),
    (ppm) => inBoth((language) => percentText(ppm, language)),
  );
}

export function conditionPhrase(condition: Condition, context: ReadingContext, language: Language): string {
  const inner = (part: Condition): string => {
    const text = conditionPhrase(part, context, language);
    return "all" in part || "any" in part ? `(${text})` : text;
  };
  if ("all" in condition) return condition.all.map(inner).join(language === "de" ? " und " : " and ");
  if ("any" in condition) return condition.any.map(inner).join(language === "de" ? " oder " : " or ");
  if ("not" in condition) return `${language === "de" ? "nicht" : "not"} (${conditionPhrase(condition.not, context, language)})`;
  return comparisonPhrase(condition, context, language);
}

function comparisonPhrase(comparison: Comparison, context: ReadingContext, language: Language): string {
  const definition = fieldDefinitions[comparison.field];
  const label = definition.label[language];
  const quoted = (value: string): string => {
    const choice = definition.choices.find((each) => each.value === value);
    if (choice) return choice.label[language];
    return language === "de" ? `„${value}“` : `“${value}”`;
  };
  const or = (values: readonly string[]): string => listText(values.map(quoted), language, "disjunction");
  const isGerman = language === "de";
  switch (comparison.op) {
    case "eq":
      return `${label} ${isGerman ? "ist" : "is"} ${quoted(comparison.value)}`;
    case "in":
      return `${label} ${isGerman ? "ist" : "is"} ${or(comparison.value)}`;
    case "prefix":
      return `${label} ${isGerman ? "beginnt mit" : "begins with"} ${or(comparison.value)}`;
    case "exists":
      if (comparison.value) return `${label} ${isGerman ? "ist angegeben" : "is given"}`;
      return `${label} ${isGerman ? "ist nicht angegeben" : "is not given"}`;
    case "range":
      return `${label} ${rangePhrase(comparison.value, context.shopCurrency, language)}`;
    default:
      return comparison satisfies never;
  }
}

function rangePhrase(range: { from: bigint | null; below: bigint | null }, code: Currency, language: Language): string {
  const from = range.from === null ? undefined : `${language === "de" ? "ab" : "from"} ${amountText(range.from, code, language)}`;
  const below = range.below === null ? undefined : `${language === "de" ? "unter" : "below"} ${amountText(range.below, code, language)}`;
  const parts = [from, below].filter((part) => part !== undefined);
  if (parts.length === 0) return language === "de" ? "in jeder Höhe" : "of any value";
  return parts.join(language === "de" ? " und " : " and ");
}

export function listText(values: readonly string[], language: Language, type: "conjunction" | "disjunction"): string {
  return new Intl.ListFormat(locales[language], { type }).format(values);
}

export function splitPhrase(split: Split, settlement: Currency, language: Language): string {
  const isGerman = language === "de";
  switch (split.kind) {
    case "on-top-of-commission":
      return isGerman
        ? `${percentText(split.ppm, language)} der Provision, zusätzlich zu ihr`
        : `${percentText(split.ppm, language)} of the commission, on top of it`;
    case "inside-commission":
      return isGerman
        ? `${percentText(split.ppm, language)} aus der Provision des Partners`
        : `${percentText(split.ppm, language)} out of the partner’s commission`;
    case "of-base":
      return isGerman
        ? `${percentText(split.ppm, language)} des vergüteten Nettowerts, zusätzlich`
        : `${percentText(split.ppm, language)} of the net value that pays, in addition`;
    case "fixed":
      return isGerman
        ? `${amountText(split.minor, settlement, language)} je vergüteter Conversion, zusätzlich`
        : `${amountText(split.minor, settlement, language)} for each conversion that pays, in addition`;
    default:
      return split satisfies never;
  }
}

const roleNames: Readonly<Record<PartyRole, LocalText>> = {
  payer: { de: "Zahler", en: "payer" },
  earner: { de: "Partner", en: "partner" },
  intermediary: { de: "Vermittler", en: "intermediary" },
  agency: { de: "Agentur", en: "agency" },
  technology: { de: "Technik", en: "technology" },
  service: { de: "Dienstleister", en: "service provider" },
  operator: { de: "Betreiber", en: "operator" },
};

export function partyPhrase(party: Party, language: Language): string {
  const roles = listText(
    party.roles.map((role) => roleNames[role][language]),
    language,
    "conjunction",
  );
  if (language === "de") return `${roles}, ${party.signatory ? "unterschreibt" : "unterschreibt nicht"}`;
  return `${roles}, ${party.signatory ? "signs" : "does not sign"}`;
}

export function nameOf(org: OrgId, context: ReadingContext): string {
  return context.names[org] ?? org;
}

export function declineReasonText(code: string, language: Language): string {
  return declineReasons[code]?.[language] ?? code;
}

const eventNames: Readonly<Record<string, LocalText>> = {
  sale: { de: "Verkauf", en: "Sale" },
  lead: { de: "Lead", en: "Lead" },
};

export function eventText(event: string, language: Language): string {
  return eventNames[event]?.[language] ?? event;
}
