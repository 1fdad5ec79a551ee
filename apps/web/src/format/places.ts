import { currentLocale } from "../i18n/i18n.ts";
import { regionName } from "./format.ts";

const codes =
  "AD AE AL AT AU BA BE BG BR CA CH CN CY CZ DE DK EE ES FI FR GB GR HK HR HU IE IL IN IS IT JP KR LI LT LU LV MC MD ME MK MT MX NL NO NZ PL PT RO RS SE SG SI SK SM TR UA US ZA";

/** Countries by their name in the reader's language; German-speaking ones first. */
export function countryChoices(): readonly { readonly value: string; readonly label: string }[] {
  const collator = new Intl.Collator(currentLocale());
  const all = codes
    .split(" ")
    .map((value) => ({ value, label: regionName(value) }))
    .sort((a, b) => collator.compare(a.label, b.label));
  const first = ["DE", "AT", "CH"].map((value) => ({ value, label: regionName(value) }));
  return [...first, ...all.filter((choice) => !first.some((each) => each.value === choice.value))];
}

export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Berlin";
}

/** The browser's own zone first, then the usual, then all. */
export function timeZoneChoices(): readonly string[] {
  return [...new Set([browserTimeZone(), "Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
