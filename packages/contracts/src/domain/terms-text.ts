import type { Language, LocalText } from "@biotop/kernel";
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
  percentText,
  type ReadingContext,
  splitPhrase,
} from "./phrases.ts";
import type { ConversionType, Pay, Terms } from "./terms.ts";

export type TextSection = { readonly title: string; readonly sentences: readonly string[] };

/** The terms in sentences a person can read and sign. Both languages come from the same data. */
export function termsText(terms: Terms, context: ReadingContext, language: Language): readonly TextSection[] {
  const isGerman = language === "de";
  return [
    ...terms.conversionTypes.map((type) => conversionSection(type, terms, context, language)),
    ...(terms.splits.length > 0 ? [splitSection(terms, context, language)] : []),
    { title: isGerman ? "Zuordnung" : "Attribution", sentences: [attributionSentence(terms, language), rateLockSentence(terms, language)] },
    { title: isGerman ? "Prüfung" : "Validation", sentences: validationSentences(terms, language) },
    { title: isGerman ? "Abrechnung und Zahlung" : "Billing and payment", sentences: paymentSentences(terms, context, language) },
    ...(terms.notes === "" ? [] : [{ title: isGerman ? "Besondere Bedingungen" : "Special terms", sentences: terms.notes.split("\n") }]),
  ];
}

function conversionSection(type: ConversionType, terms: Terms, context: ReadingContext, language: Language): TextSection {
  const isGerman = language === "de";
  const pay = (each: Pay): string => payPhrase(each, type.level, terms.currency)[language];
  const level = {
    item: isGerman ? "Vergütet wird jede Position einzeln." : "Each item of an order is paid for on its own.",
    order: isGerman ? "Vergütet wird die Bestellung als Ganzes." : "The order is paid for as a whole.",
  }[type.level];
  const rules = type.rules.map((rule, index) => {
    const when = conditionPhrase(rule.when, context, language);
    return isGerman
      ? `${index + 1}. ${rule.label.de}: Wenn ${when}, dann ${pay(rule.pay)}.`
      : `${index + 1}. ${rule.label.en}: If ${when}, then ${pay(rule.pay)}.`;
  });
  const last = isGerman
    ? `${rules.length > 0 ? "In allen anderen Fällen" : "Immer"}: ${pay(type.otherwise)}.`
    : `${rules.length > 0 ? "In all other cases" : "Always"}: ${pay(type.otherwise)}.`;
  const order = isGerman ? "Es gilt die erste Regel, die zutrifft." : "The first rule that applies decides.";
  return {
    title: `${isGerman ? "Vergütung" : "Payment"}: ${eventText(type.event, language)}`,
    sentences: [level, ...(rules.length > 1 ? [order] : []), ...rules, last],
  };
}

function splitSection(terms: Terms, context: ReadingContext, language: Language): TextSection {
  const gets = language === "de" ? "erhält" : "gets";
  return {
    title: language === "de" ? "Weitere Beteiligte" : "Further payees",
    sentences: terms.splits.map((split) => `${nameOf(split.payee, context)} ${gets} ${splitPhrase(split, terms.currency, language)}.`),
  };
}

function attributionSentence(terms: Terms, language: Language): string {
  const days = terms.attribution.clickWindowDays;
  return language === "de"
    ? `Der letzte Klick vor der Conversion zählt, wenn er höchstens ${daysText(days, language)} zurückliegt.`
    : `The last click before the conversion counts if it is at most ${daysText(days, language)} old.`;
}

function rateLockSentence(terms: Terms, language: Language): string {
  if (terms.rateLock === "click")
    return language === "de"
      ? "Es gelten die Sätze vom Zeitpunkt des Klicks, auch wenn sie danach geändert wurden."
      : "The rates at the time of the click hold, even if they were changed afterwards.";
  return language === "de" ? "Es gelten die Sätze vom Zeitpunkt der Conversion." : "The rates at the time of the conversion hold.";
}

function validationSentences(terms: Terms, language: Language): readonly string[] {
  const { days, onDeadline, declineReasons } = terms.validation;
  const reasons = listText(
    declineReasons.map((code) => declineReasonText(code, language)),
    language,
    "disjunction",
  );
  if (language === "de")
    return [
      `Der Händler prüft jede Conversion innerhalb von ${days === 1 ? "1 Tag" : `${days} Tagen`}; danach gilt sie als ${onDeadline === "approve" ? "bestätigt" : "abgelehnt"}.`,
      `Abgelehnt werden darf nur aus diesen Gründen: ${reasons}.`,
    ];
  return [
    `The merchant validates each conversion within ${daysText(days, language)}; after that it counts as ${onDeadline === "approve" ? "approved" : "declined"}.`,
    `It may be declined for these reasons only: ${reasons}.`,
  ];
}

function paymentSentences(terms: Terms, context: ReadingContext, language: Language): readonly string[] {
  const threshold = amountText(terms.payment.thresholdMinor, terms.currency, language);
  const isConverted = context.shopCurrency !== terms.currency;
  if (language === "de")
    return [
      `Abgerechnet wird monatlich in ${terms.currency}; Tage und Monate folgen der Zeitzone ${terms.timeZone}.`,
      ...(isConverted
        ? [
            `Umgerechnet wird von ${context.shopCurrency} zum EZB-Referenzkurs vom Tag der Conversion, sonst vom letzten Bankarbeitstag davor.`,
          ]
        : []),
      `Ausgezahlt wird ab ${threshold}; kleinere Beträge werden vorgetragen und verfallen nicht.`,
      "Der Händler zahlt direkt an die Empfänger.",
      terms.selfBilling.agreed
        ? "Die Parteien vereinbaren die Abrechnung im Gutschriftverfahren."
        : "Die Abrechnung im Gutschriftverfahren ist nicht vereinbart.",
    ];
  return [
    `Accounts are settled monthly in ${terms.currency}; days and months follow the time zone ${terms.timeZone}.`,
    ...(isConverted
      ? [`${context.shopCurrency} is converted at the ECB reference rate of the conversion’s day, or of the last business day before it.`]
      : []),
    `Payouts start at ${threshold}; smaller amounts are carried forward and never expire.`,
    "The merchant pays the payees directly.",
    terms.selfBilling.agreed ? "The parties agree on self-billing invoices." : "Self-billing is not agreed.",
  ];
}

/** One line for lists: rates, click window, currency. */
export function termsHeadline(terms: Terms): LocalText {
  return inBoth((language) => {
    const pays = terms.conversionTypes.flatMap((type) => [...type.rules.map((rule) => rule.pay), type.otherwise]);
    const window = terms.attribution.clickWindowDays;
    const parts = [
      rangeText(
        pays.flatMap((pay) => (pay.kind === "percent" && pay.ppm > 0n ? [pay.ppm] : [])),
        (ppm) => percentText(ppm, language),
      ),
      rangeText(
        pays.flatMap((pay) => (pay.kind === "fixed" && pay.minor > 0n ? [pay.minor] : [])),
        (minor) => amountText(minor, terms.currency, language),
      ),
      language === "de" ? `${daysText(window, "de")} Klick-Fenster` : `${window}-day click window`,
      terms.currency,
    ];
    return parts.filter((part) => part !== "").join(" · ");
  });
}

function rangeText(values: readonly bigint[], text: (value: bigint) => string): string {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [least, most] = [sorted.at(0), sorted.at(-1)];
  if (least === undefined || most === undefined) return "";
  return least === most ? text(least) : `${text(least)} – ${text(most)}`;
}
