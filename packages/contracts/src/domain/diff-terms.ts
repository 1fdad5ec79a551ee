import type { LocalText } from "@biotop/kernel";
import {
  amountText,
  conditionPhrase,
  daysText,
  declineReasonText,
  eventText,
  inBoth,
  listText,
  nameOf,
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

/** One thing that terms say, under a key that survives reordering. */
type Item = { readonly key: string; readonly pointer: string; readonly label: LocalText; readonly value: LocalText };

/** What changed from one set of terms to another, in words of both languages. */
export function diffTerms(before: Terms, after: Terms, context: ReadingContext): readonly TermsChange[] {
  const old = new Map(itemsOf(before, context).map((item) => [item.key, item]));
  const now = new Map(itemsOf(after, context).map((item) => [item.key, item]));
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const named = is ?? was;
    if (!named || (was?.value.de === is?.value.de && was?.value.en === is?.value.en)) return [];
    return [{ pointer: named.pointer, label: named.label, before: was?.value ?? null, after: is?.value ?? null }];
  });
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
    ...(type.rules.length < 2
      ? []
      : [
          {
            key: `type ${type.event} order`,
            pointer: `${at}/rules`,
            label: named({ de: "Reihenfolge der Regeln", en: "order of the rules" }),
            value: inBoth((language) => type.rules.map((rule) => rule.label[language]).join(" → ")),
          },
        ]),
  ];
}
