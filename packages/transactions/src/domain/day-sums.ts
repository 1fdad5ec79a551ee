import type { Currency, LocalDate, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Conversion, Validation } from "./conversion.ts";
import type { Line } from "./line.ts";

/** One row of the daily sums; `payee` and `partner` are empty where nobody earns. */
export type DayKey = {
  readonly org: OrgId;
  readonly programme: ProgrammeId;
  readonly partner: OrgId | "";
  readonly payee: OrgId | "";
  readonly sub1: string;
  readonly day: LocalDate;
  readonly currency: Currency;
  readonly settlementCurrency: Currency | "";
};

export const measures = [
  "conversions",
  "openCount",
  "approvedCount",
  "declinedCount",
  "valueMinor",
  "openValueMinor",
  "approvedValueMinor",
  "openMinor",
  "approvedMinor",
] as const;
export type Measures = Record<(typeof measures)[number], bigint>;

export type DaySum = { readonly key: DayKey; readonly sums: Measures };

type Counted = Pick<Conversion, "org" | "day" | "sub1" | "valueMinor" | "validation" | "pricing" | "report">;

/**
 * What one conversion adds to the daily sums: counts and value on the earner's row, so that a sum over partners counts it once;
 * commissions on each payee's own row.
 */
export function daySums(conversion: Counted, lines: readonly Line[]): readonly DaySum[] {
  const { pricing, report } = conversion;
  if (pricing.state === "test") return [];
  const base = { org: conversion.org, programme: report.programme, sub1: conversion.sub1, day: conversion.day, currency: report.currency };
  const counts = countsOf(conversion.validation, conversion.valueMinor);
  if (pricing.state !== "priced") return [{ key: { ...base, partner: "", payee: "", settlementCurrency: "" }, sums: counts }];

  const rows = new Map<string, DaySum>();
  const { partner, currency } = pricing.by;
  addTo(rows, { ...base, partner, payee: partner, settlementCurrency: currency }, counts);
  for (const line of lines) {
    const amounts = { ...nothing, ...commissionOf(line) };
    addTo(rows, { ...base, partner: line.partner, payee: line.payee, settlementCurrency: line.currency }, amounts);
  }
  return [...rows.values()];
}

function countsOf(validation: Validation, valueMinor: bigint): Measures {
  const isApproved = validation === "approved" || validation === "adjusted";
  const isDeclined = validation === "declined";
  const isOpen = !isApproved && !isDeclined;
  return {
    ...nothing,
    conversions: 1n,
    openCount: isOpen ? 1n : 0n,
    approvedCount: isApproved ? 1n : 0n,
    declinedCount: isDeclined ? 1n : 0n,
    valueMinor: isDeclined ? 0n : valueMinor,
    openValueMinor: isOpen ? valueMinor : 0n,
    approvedValueMinor: isApproved ? valueMinor : 0n,
  };
}

function commissionOf(line: Line): Partial<Measures> {
  if (line.stage === "open") return { openMinor: line.amountMinor };
  return line.stage === "approved" ? { approvedMinor: line.amountMinor } : {};
}

/** Turns what was counted before and what counts now into what has to be added. */
export function dayDeltas(before: readonly DaySum[], after: readonly DaySum[]): readonly DaySum[] {
  const rows = new Map<string, DaySum>();
  for (const { key, sums } of before) addTo(rows, key, negated(sums));
  for (const { key, sums } of after) addTo(rows, key, sums);
  return [...rows.values()].filter(({ sums }) => measures.some((measure) => sums[measure] !== 0n));
}

/** Adds up rows of many conversions: one row for each key, in the order of the keys. */
export function mergedSums(all: readonly DaySum[]): readonly DaySum[] {
  const rows = new Map<string, DaySum>();
  for (const { key, sums } of all) addTo(rows, key, sums);
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function addTo(rows: Map<string, DaySum>, key: DayKey, sums: Measures): void {
  const text = `${key.org}|${key.programme}|${key.partner}|${key.payee}|${key.day}|${key.currency}|${key.settlementCurrency}|${key.sub1}`;
  const known = rows.get(text);
  rows.set(text, { key, sums: known ? plus(known.sums, sums) : sums });
}

function plus(a: Measures, b: Measures): Measures {
  const sums = { ...nothing };
  for (const measure of measures) sums[measure] = a[measure] + b[measure];
  return sums;
}

function negated(sums: Measures): Measures {
  const result = { ...nothing };
  for (const measure of measures) result[measure] = -sums[measure];
  return result;
}

const nothing: Measures = {
  conversions: 0n,
  openCount: 0n,
  approvedCount: 0n,
  declinedCount: 0n,
  valueMinor: 0n,
  openValueMinor: 0n,
  approvedValueMinor: 0n,
  openMinor: 0n,
  approvedMinor: 0n,
};
