import type { Language } from "@biotop/kernel";
import type { LineResult, SplitResult } from "./conversion.ts";
import { amountText, percentText } from "./phrases.ts";
import { otherwiseRuleId } from "./terms.ts";

/** Why a line pays what it pays, in one or two sentences. */
export function explainLine(line: LineResult, language: Language): string {
  const isGerman = language === "de";
  const where = line.position === null ? (isGerman ? "Bestellung" : "Order") : `Position ${line.position + 1}`;
  const byRule =
    line.ruleId === otherwiseRuleId
      ? isGerman
        ? "nach dem Satz für alle anderen Fälle"
        : "by the rate for all other cases"
      : isGerman
        ? `nach Regel „${line.ruleId}“`
        : `by rule “${line.ruleId}”`;
  const amount = amountText(line.amountMinor, line.settlementCurrency, language);
  if (line.quantity === 0) return isGerman ? `${where}: vollständig zurückgegeben, ${amount}.` : `${where}: returned in full, ${amount}.`;
  return `${where}: ${reckoning(line, language)} = ${amount}, ${byRule}.${exchangeSentence(line, language)}`;
}

function reckoning(line: LineResult, language: Language): string {
  if (line.ppm !== null) {
    const base = amountText(line.baseMinor, line.shopCurrency, language);
    return language === "de" ? `${percentText(line.ppm, "de")} von ${base}` : `${percentText(line.ppm, "en")} of ${base}`;
  }
  if (line.fixedMinor !== null) {
    const fixed = amountText(line.fixedMinor, line.settlementCurrency, language);
    return line.position === null ? (language === "de" ? `fest ${fixed}` : `a fixed ${fixed}`) : `${line.quantity} × ${fixed}`;
  }
  return language === "de" ? "keine Provision" : "no commission";
}

function exchangeSentence(line: LineResult, language: Language): string {
  if (line.ppm === null || line.shopCurrency === line.settlementCurrency) return "";
  const [numerator = "1", denominator = "1"] = line.rate.split("/");
  const date =
    line.rateDate === null
      ? ""
      : new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", { timeZone: "UTC" }).format(
          Date.parse(`${line.rateDate}T00:00:00Z`),
        );
  const rate = decimalOf(BigInt(numerator), BigInt(denominator), language);
  return language === "de"
    ? ` Kurs vom ${date}: 1 ${line.shopCurrency} = ${rate} ${line.settlementCurrency}; gerundet wird einmal, am Ende.`
    : ` Rate of ${date}: 1 ${line.shopCurrency} = ${rate} ${line.settlementCurrency}; rounded once, at the end.`;
}

/** Six digits for the reader; the calculation uses the exact fraction. */
function decimalOf(numerator: bigint, denominator: bigint, language: Language): string {
  const millionths = (numerator * 2_000_000n + denominator) / (2n * denominator);
  const text = `${millionths / 1_000_000n}.${(millionths % 1_000_000n).toString().padStart(6, "0")}`;
  return new Intl.NumberFormat(language === "de" ? "de-DE" : "en-GB", { maximumFractionDigits: 6 }).format(
    text as Intl.StringNumericLiteral,
  );
}

/** What a further party gets and of what. */
export function explainSplit(
  split: SplitResult,
  of: { readonly shopCurrency: LineResult["shopCurrency"]; readonly settlementCurrency: LineResult["settlementCurrency"] },
  language: Language,
): string {
  const amount = amountText(split.amountMinor, of.settlementCurrency, language);
  if (split.ppm === null || split.ofMinor === null) return language === "de" ? `Fester Anteil: ${amount}.` : `Fixed share: ${amount}.`;
  const base = amountText(split.ofMinor, split.kind === "of-base" ? of.shopCurrency : of.settlementCurrency, language);
  const what = {
    "on-top-of-commission": { de: "Provision, zusätzlich", en: "commission, on top" },
    "inside-commission": { de: "Provision, aus ihr heraus", en: "commission, out of it" },
    "of-base": { de: "vergütetem Nettowert, zusätzlich", en: "net value that pays, in addition" },
    fixed: { de: "fest", en: "fixed" },
  }[split.kind][language];
  const percent = percentText(split.ppm, language);
  return language === "de" ? `${percent} von ${base} ${what}: ${amount}.` : `${percent} of ${base} ${what}: ${amount}.`;
}
