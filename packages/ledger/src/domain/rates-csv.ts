import { type Currency, err, isCurrency, type LocalDate, ok, parseLocalDate, parseRate, type Result } from "@biotop/kernel";

export type RateRow = { readonly date: LocalDate; readonly currency: Currency; readonly perEuro: string };
export type RateRowError = { readonly row: number; readonly column: string | null; readonly code: string; readonly detail: string };
export type RateTable = { readonly rates: readonly RateRow[]; readonly days: number; readonly errors: readonly RateRowError[] };
export type RatesNotReadable = { readonly kind: "rates-not-readable"; readonly detail: string };

const errorsMax = 200;

/**
 * The history file of the European Central Bank: `Date,USD,JPY,…`, newest first, `N/A` for gaps, a comma at the end of each row.
 * Bad rows and fields are named with their row number (the header is row 1); the good ones count.
 */
export function parseRatesCsv(text: string): Result<RateTable, RatesNotReadable> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = (lines[0] ?? "").split(",").map((name) => name.trim());
  if (header[0] !== "Date") return err({ kind: "rates-not-readable", detail: "The first column is not “Date”." });
  const names = header.slice(1).filter((name) => name !== "");
  if (names.length === 0) return err({ kind: "rates-not-readable", detail: "The first row names no currency." });

  const rates: RateRow[] = [];
  const errors: RateRowError[] = [];
  const seen = new Set<LocalDate>();
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const problem = readRow(line, index + 1, names, seen, rates, errors);
    if (problem && errors.length < errorsMax) errors.push(problem);
  }
  return ok({ rates, days: seen.size, errors });
}

function readRow(
  line: string,
  row: number,
  names: readonly string[],
  seen: Set<LocalDate>,
  rates: RateRow[],
  errors: RateRowError[],
): RateRowError | undefined {
  const fields = line.split(",").map((field) => field.trim());
  const date = parseDate(fields[0] ?? "");
  if (!date) return { row, column: "Date", code: "date-not-readable", detail: `“${(fields[0] ?? "").slice(0, 40)}” is no date` };
  if (seen.has(date)) return { row, column: "Date", code: "date-twice", detail: `${date} stands in an earlier row` };
  const values = fields.slice(1);
  if (values.length < names.length || values.slice(names.length).some((value) => value !== ""))
    return { row, column: null, code: "columns-do-not-match", detail: `${values.length} fields for ${names.length} currencies` };
  seen.add(date);
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? "";
    if (value === "" || value === "N/A" || isRetired(name)) continue;
    if (!isCurrency(name)) addError(errors, { row, column: name, code: "unknown-currency", detail: `${name} is no currency of ISO 4217` });
    else if (!parseRate(value))
      addError(errors, { row, column: name, code: "rate-not-readable", detail: `“${value.slice(0, 40)}” is no rate` });
    else rates.push({ date, currency: name, perEuro: value });
  }
  return undefined;
}

function addError(errors: RateRowError[], error: RateRowError): void {
  if (errors.length < errorsMax) errors.push(error);
}

/** The history's form, `2010-12-01`, and the daily file's, `01 December 2010`. */
function parseDate(text: string): LocalDate | undefined {
  const daily = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text);
  if (!daily) return parseLocalDate(text);
  const month = months.indexOf(daily[2] ?? "") + 1;
  return parseLocalDate(`${daily[3]}-${String(month).padStart(2, "0")}-${(daily[1] ?? "").padStart(2, "0")}`);
}

const months = "January February March April May June July August September October November December".split(" ");

/** Columns of the history whose currencies are gone (replaced by the euro or redenominated): nothing to convert any more. */
function isRetired(name: string): boolean {
  return ["CYP", "EEK", "LTL", "LVL", "MTL", "ROL", "SIT", "SKK", "TRL", "HRK", "BGN"].includes(name) && !isCurrency(name);
}
