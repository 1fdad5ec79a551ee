import { decimalText, type Language, type LocalDate, type Money, type Ppm } from "@biotop/kernel";

/** `1.234,56 EUR` or `1,234.56 EUR`, from the integer: the same on every machine. */
export function amountText(amount: Money, language: Language): string {
  const [whole = "", fraction] = decimalText(amount).split(".");
  const isNegative = whole.startsWith("-");
  const digits = isNegative ? whole.slice(1) : whole;
  const [thousands, point] = language === "de" ? [".", ","] : [",", "."];
  const grouped = digits.replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${isNegative ? "−" : ""}${grouped}${fraction === undefined ? "" : point + fraction} ${amount.currency}`;
}

/** `01.02.2011` or `1 February 2011`. */
export function dateText(date: LocalDate, language: Language): string {
  const [year = "", month = "", day = ""] = date.split("-");
  if (language === "de") return `${day}.${month}.${year}`;
  return `${Number(day)} ${months[Number(month) - 1]} ${year}`;
}

/** `19` or `7,5`. */
export function percentText(ppm: Ppm, language: Language): string {
  const fraction = (ppm % 10_000n).toString().padStart(4, "0").replace(/0+$/, "");
  return fraction === "" ? String(ppm / 10_000n) : `${ppm / 10_000n}${language === "de" ? "," : "."}${fraction}`;
}

const months = "January February March April May June July August September October November December".split(" ");
