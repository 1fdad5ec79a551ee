import { canonicalJson, type LocalText } from "@biotop/kernel";
import type { Party } from "./agreement.ts";
import { plainJson } from "./calculate.ts";
import {
  amountText,
  conditionPhrase,
  daysText,
  declineReasonText,
  eventText,
  inBoth,
  listText,
  nameOf,
  partyPhrase,
  payPhrase,
  type ReadingContext,
  splitPhrase,
} from "./phrases.ts";
import type { ConversionType, Terms } from "./terms.ts";

/** One changed item; `before` or `after` is null when it was added or removed. The pointer leads into the newer terms where it exists. */
export type TermsChange = {
  readonly pointer: string;
  readonly label: LocalText;
  readonly before: LocalText | null;
  readonly after: LocalText | null;
};

/** One thing that terms say, under a key that survives reordering. An accompanying item alone is no news when it appears or goes. */
type Item = {
  readonly key: string;
  readonly pointer: string;
  readonly label: LocalText;
  readonly value: LocalText;
  readonly isAccompanying?: true;
};

/** What changed from one set of terms to another, in words of both languages. Terms that differ never give an empty list. */
export function diffTerms(before: Terms, after: Terms, context: ReadingContext): readonly TermsChange[] {
  if (canonicalJson(plainJson(before)) === canonicalJson(plainJson(after))) return [];
  const changes = [...changedItems(itemsOf(before, context), itemsOf(after, context)), ...reorderedRules(before, after)];
  const wording = { de: "Schreibweise ohne andere Bedeutung", en: "Notation without another meaning" };
  return changes.length > 0 ? changes : [{ pointer: "", label: wording, before: null, after: null }];
}

/** Parties that joined, left or changed their roles; pointers lead into the list of parties. */
export function diffParties(before: readonly Party[], after: readonly Party[], context: ReadingContext): readonly TermsChange[] {
  return changedItems(partyItems(before, context), partyItems(after, context));
}

function changedItems(before: readonly Item[], after: readonly Item[]): readonly TermsChange[] {
  const old = new Map(before.map((item) => [item.key, item]));
  const now = new Map(after.map((item) => [item.key, item]));
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const named = is ?? was;
    if (!named || (was?.value.de === is?.value.de && was?.value.en === is?.value.en)) return [];
    if (named.isAccompanying && !(was && is)) return [];
    return [{ pointer: named.pointer, label: named.label, before: was?.value ?? null, after: is?.value ?? null }];
  });
}

/** The first rule that applies decides: a new order of the same rules is a change. */
function reorderedRules(before: Terms, after: Terms): readonly TermsChange[] {
  return after.conversionTypes.flatMap((type, index) => {
    const old = before.conversionTypes.find((each) => each.event === type.event)?.rules ?? [];
    const kept = type.rules.filter((rule) => old.some((each) => each.id === rule.id));
    const keptBefore = old.filter((rule) => kept.some((each) => each.id === rule.id));
    if (kept.every((rule, position) => rule.id === keptBefore[position]?.id)) return [];
    const said = (rules: typeof kept): LocalText => inBoth((language) => rules.map((rule) => rule.label[language]).join(" → "));
    const label = inBoth(
      (language) => `${eventText(type.event, language)}: ${language === "de" ? "Reihenfolge der Regeln" : "order of the rules"}`,
    );
    return [{ pointer: `/conversionTypes/${index}/rules`, label, before: said(keptBefore), after: said(kept) }];
  });
}

function partyItems(parties: readonly Party[], context: ReadingContext): readonly Item[] {
  return parties.map((party, index) => ({
    key: party.org,
    pointer: `/parties/${index}`,
    label: inBoth((language) => `${language === "de" ? "Partei" : "Party"} ${nameOf(party.org, context)}`),
    value: inBoth((language) => partyPhrase(party, language)),
  }));
}

function itemsOf(terms: Terms, context: ReadingContext): readonly Item[] {
  const plain = (pointer: string, label: LocalText, value: LocalText): Item => ({ key: pointer, pointer, label, value });
  return [
    ...terms.conversionTypes.flatMap((type, index) => conversionItems(type, index, terms, context)),
    ...terms.splits.map((split, index) => ({
      key: `split ${split.id}`,
      pointer: `/splits/${index}`,
      label: inBoth((language) => `${language === "de" ? "Anteil" : "Share of"} ${nameOf(split.payee, context)}`),
      value: inBoth((language) => splitPhrase(split, terms.currency, language)),
    })),
    plain(
      "/attribution/clickWindowDays",
      { de: "Klick-Fenster", en: "Click window" },
      inBoth((language) => daysText(terms.attribution.clickWindowDays, language)),
    ),
    plain(
      "/validation/days",
      { de: "Prüffrist", en: "Validation period" },
      inBoth((language) => daysText(terms.validation.days, language)),
    ),
    plain(
      "/validation/onDeadline",
      { de: "Nach Ablauf der Prüffrist", en: "After the validation period" },
      terms.validation.onDeadline === "approve" ? { de: "bestätigt", en: "approved" } : { de: "abgelehnt", en: "declined" },
    ),
    plain(
      "/validation/declineReasons",
      { de: "Erlaubte Ablehnungsgründe", en: "Allowed reasons to decline" },
      inBoth((language) =>
        listText(
          terms.validation.declineReasons.map((code) => declineReasonText(code, language)),
          language,
          "conjunction",
        ),
      ),
    ),
    plain(
      "/rateLock",
      { de: "Satz gilt vom Zeitpunkt", en: "Rates hold from" },
      terms.rateLock === "click" ? { de: "des Klicks", en: "the click" } : { de: "der Conversion", en: "the conversion" },
    ),
    plain("/currency", { de: "Abrechnungswährung", en: "Settlement currency" }, { de: terms.currency, en: terms.currency }),
    plain("/timeZone", { de: "Zeitzone", en: "Time zone" }, { de: terms.timeZone, en: terms.timeZone }),
    plain(
      "/payment/thresholdMinor",
      { de: "Auszahlungsgrenze", en: "Payout threshold" },
      inBoth((language) => amountText(terms.payment.thresholdMinor, terms.currency, language)),
    ),
    plain(
      "/selfBilling/agreed",
      { de: "Gutschriftverfahren", en: "Self-billing" },
      terms.selfBilling.agreed ? { de: "vereinbart", en: "agreed" } : { de: "nicht vereinbart", en: "not agreed" },
    ),
    ...(terms.notes === ""
      ? []
      : [plain("/notes", { de: "Besondere Bedingungen", en: "Special terms" }, { de: terms.notes, en: terms.notes })]),
  ];
}

function conversionItems(type: ConversionType, index: number, terms: Terms, context: ReadingContext): readonly Item[] {
  const at = `/conversionTypes/${index}`;
  const named = (suffix: LocalText): LocalText => inBoth((language) => `${eventText(type.event, language)}: ${suffix[language]}`);
  return [
    {
      key: `type ${type.event} level`,
      pointer: `${at}/level`,
      label: named({ de: "Vergütet wird", en: "Paid for is" }),
      value: type.level === "item" ? { de: "jede Position", en: "each item" } : { de: "die Bestellung", en: "the order" },
    },
    ...type.rules.map((rule, position) => ({
      key: `type ${type.event} name of ${rule.id}`,
      pointer: `${at}/rules/${position}/label`,
      label: named({ de: "Name der Regel", en: "name of the rule" }),
      value: rule.label,
      isAccompanying: true as const,
    })),
    ...type.rules.map((rule, position) => ({
      key: `type ${type.event} rule ${rule.id}`,
      pointer: `${at}/rules/${position}`,
      label: named(rule.label),
      value: inBoth((language) => {
        const when = conditionPhrase(rule.when, context, language);
        return `${payPhrase(rule.pay, type.level, terms.currency)[language]}, ${language === "de" ? "wenn" : "if"} ${when}`;
      }),
    })),
    {
      key: `type ${type.event} otherwise`,
      pointer: `${at}/otherwise`,
      label: named({ de: "in allen anderen Fällen", en: "in all other cases" }),
      value: payPhrase(type.otherwise, type.level, terms.currency),
    },
  ];
}
