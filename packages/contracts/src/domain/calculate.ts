import { allocate, assert, canonicalJson, convertShare, type Json, money, ppmWhole, type Rate, share } from "@biotop/kernel";
import type { PriceInput } from "./commission-models/commission-model.ts";
import { modelOf } from "./commission-models/registry.ts";
import { type Fact, type Field, matches } from "./condition.ts";
import type { Calculation, ConversionSnapshot, Counters, LineResult, Position, SplitResult } from "./conversion.ts";
import { type ConversionType, otherwiseRuleId, type Pay, type Split, type Terms } from "./terms.ts";

/** Changes when the same input would give other amounts; stored with every calculation. */
export const engineVersion = 1;

export type Calculate = (conversion: ConversionSnapshot, terms: Terms, counters: Counters) => Calculation;

/** Whether pricing needs an exchange rate that the snapshot has to bring. */
export function needsRate(conversion: Pick<ConversionSnapshot, "event" | "currency">, terms: Terms): boolean {
  if (conversion.currency === terms.currency) return false;
  const type = terms.conversionTypes.find((each) => each.event === conversion.event);
  if (!type) return false;
  const pays = [...type.rules.map((rule) => rule.pay), type.otherwise];
  return pays.some((pay) => modelOf(pay).needsRate) || terms.splits.some((split) => split.kind === "of-base");
}

/**
 * The evaluator: integers only, no clock, no I/O; the same input gives the same bytes. `sha256` is handed in because the
 * domain imports nothing. What it computes is written down in docs/pricing.md.
 */
export function makeCalculate(sha256: (text: string) => string): Calculate {
  const termsHashes = new WeakMap<Terms, string>();
  const hashOfTerms = (terms: Terms): string => {
    const known = termsHashes.get(terms);
    if (known !== undefined) return known;
    const hash = sha256(canonicalJson(plainJson(terms)));
    termsHashes.set(terms, hash);
    return hash;
  };
  return (conversion, terms, counters) => {
    assertSums(conversion);
    const inputHash = sha256(canonicalJson(plainJson({ engineVersion, terms: hashOfTerms(terms), conversion, counters })));
    return { engineVersion, inputHash, ...price(conversion, terms) };
  };
}

function price(conversion: ConversionSnapshot, terms: Terms): Omit<Calculation, "engineVersion" | "inputHash"> {
  const type = terms.conversionTypes.find((each) => each.event === conversion.event);
  if (!type) return { ...settle(terms, [], 0n, undefined), explanation: { outcome: "event-not-in-contract", event: conversion.event } };

  const rate = rateOf(conversion, terms);
  const priced = type.level === "item" ? itemLines(conversion, type, terms, rate) : [orderLine(conversion, type, terms, rate)];
  const payingBaseMinor = priced.reduce((base, { line, isPaying }) => base + (isPaying ? line.baseMinor : 0n), 0n);
  const isPaid = priced.some(({ isPaying }) => isPaying);
  const lines = priced.map(({ line }) => line);
  return {
    ...settle(terms, lines, payingBaseMinor, isPaid ? { conversion, rate } : undefined),
    explanation: { outcome: "priced", event: conversion.event },
  };
}

/** Splits and sums; without `paid` nothing was earned and no further party gets anything. */
function settle(
  terms: Terms,
  lines: readonly LineResult[],
  payingBaseMinor: bigint,
  paid: { readonly conversion: ConversionSnapshot; readonly rate: Rate } | undefined,
): Omit<Calculation, "engineVersion" | "inputHash" | "explanation"> {
  const commissionMinor = lines.reduce((total, line) => total + line.amountMinor, 0n);
  const inside = insideAmounts(commissionMinor, terms.splits);
  const splits = paid ? terms.splits.map((split) => splitResult(split, terms, commissionMinor, payingBaseMinor, inside, paid)) : [];
  const insideMinor = splits.reduce((total, split) => total + (split.kind === "inside-commission" ? split.amountMinor : 0n), 0n);
  const earnerMinor = commissionMinor - insideMinor;
  const payerCostMinor = splits.reduce((total, split) => total + split.amountMinor, earnerMinor);
  assert(earnerMinor >= 0n, "what is taken out of a commission is never more than the commission");
  return { currency: terms.currency, lines, splits, commissionMinor, earnerMinor, payerCostMinor, payingBaseMinor };
}

/** Largest remainder over earner and inside payees, the earner first: the parts always sum to the commission. */
function insideAmounts(commissionMinor: bigint, splits: readonly Split[]): ReadonlyMap<string, bigint> {
  const inside = splits.flatMap((split) => (split.kind === "inside-commission" ? [{ id: split.id, ppm: split.ppm }] : []));
  if (inside.length === 0) return new Map();
  const taken = inside.reduce((total, split) => total + split.ppm, 0n);
  assert(taken <= ppmWhole, "shares inside the commission are at most the whole");
  const parts = allocate(commissionMinor, [ppmWhole - taken, ...inside.map((split) => split.ppm)]);
  return new Map(inside.map((split, index) => [split.id, parts[index + 1] ?? 0n]));
}

function splitResult(
  split: Split,
  terms: Terms,
  commissionMinor: bigint,
  payingBaseMinor: bigint,
  inside: ReadonlyMap<string, bigint>,
  paid: { readonly conversion: ConversionSnapshot; readonly rate: Rate },
): SplitResult {
  const base = { splitId: split.id, payee: split.payee, kind: split.kind };
  switch (split.kind) {
    case "on-top-of-commission": {
      const amountMinor = share(money(terms.currency, commissionMinor), split.ppm).minor;
      return { ...base, ppm: split.ppm, fixedMinor: null, ofMinor: commissionMinor, amountMinor };
    }
    case "inside-commission":
      return { ...base, ppm: split.ppm, fixedMinor: null, ofMinor: commissionMinor, amountMinor: inside.get(split.id) ?? 0n };
    case "of-base": {
      const net = money(paid.conversion.currency, payingBaseMinor);
      const amountMinor = convertShare(net, paid.rate, terms.currency, split.ppm).minor;
      return { ...base, ppm: split.ppm, fixedMinor: null, ofMinor: payingBaseMinor, amountMinor };
    }
    case "fixed":
      return { ...base, ppm: null, fixedMinor: split.minor, ofMinor: null, amountMinor: split.minor };
    default:
      return split satisfies never;
  }
}

type Priced = { readonly line: LineResult; readonly isPaying: boolean };

function itemLines(conversion: ConversionSnapshot, type: ConversionType, terms: Terms, rate: Rate): readonly Priced[] {
  const whole: Position = { index: 0, quantity: 1, netMinor: conversion.netMinor };
  const positions = conversion.positions.length > 0 ? conversion.positions : [whole];
  return positions.map((position) => {
    const found = payFor(type, (field) => factOf(conversion, position, field));
    return pricedLine(conversion, terms, rate, found, { position: position.index, ...position });
  });
}

function orderLine(conversion: ConversionSnapshot, type: ConversionType, terms: Terms, rate: Rate): Priced {
  const isReturned = conversion.positions.length > 0 && conversion.positions.every((position) => position.quantity === 0);
  const found = payFor(type, (field) => factOf(conversion, undefined, field));
  return pricedLine(conversion, terms, rate, found, {
    position: null,
    quantity: isReturned ? 0 : 1,
    netMinor: conversion.netMinor,
  });
}

function payFor(type: ConversionType, fact: (field: Field) => Fact): { readonly ruleId: string; readonly pay: Pay } {
  const rule = type.rules.find((each) => matches(each.when, fact));
  return rule ? { ruleId: rule.id, pay: rule.pay } : { ruleId: otherwiseRuleId, pay: type.otherwise };
}

function pricedLine(
  conversion: ConversionSnapshot,
  terms: Terms,
  rate: Rate,
  { ruleId, pay }: { readonly ruleId: string; readonly pay: Pay },
  of: { readonly position: number | null; readonly quantity: number; readonly netMinor: bigint },
): Priced {
  const model = modelOf(pay);
  const input: PriceInput = { net: money(conversion.currency, of.netMinor), quantity: of.quantity, rate, to: terms.currency };
  const line: LineResult = {
    position: of.position,
    ruleId,
    model: `${model.code}@${model.version}`,
    baseMinor: of.netMinor,
    shopCurrency: conversion.currency,
    settlementCurrency: terms.currency,
    rate: model.needsRate ? `${rate.numerator}/${rate.denominator}` : "1/1",
    rateDate: model.needsRate ? (conversion.rateDate ?? null) : null,
    quantity: of.quantity,
    ppm: pay.kind === "percent" ? pay.ppm : null,
    fixedMinor: pay.kind === "fixed" ? pay.minor : null,
    amountMinor: model.price(input, pay).minor,
  };
  return { line, isPaying: model.isPaying && of.quantity > 0 };
}

function factOf(conversion: ConversionSnapshot, position: Position | undefined, field: Field): Fact {
  switch (field) {
    case "itemGroup":
      return textFact(position?.group);
    case "sku":
      return textFact(position?.sku);
    case "category":
      return textFact(position?.category);
    case "customerStatus":
      return textFact(conversion.customerStatus);
    case "voucher":
      return conversion.voucherCodes;
    case "basketMinor":
      return conversion.netMinor;
    case "country":
      return textFact(conversion.country);
    default:
      return field satisfies never;
  }
}

function textFact(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

const oneToOne: Rate = { numerator: 1n, denominator: 1n };

function rateOf(conversion: ConversionSnapshot, terms: Terms): Rate {
  if (conversion.currency === terms.currency) return oneToOne;
  if (conversion.rate) return conversion.rate;
  assert(!needsRate(conversion, terms), "a conversion is priced only when its exchange rate is known");
  return oneToOne;
}

function assertSums(conversion: ConversionSnapshot): void {
  assert(conversion.netMinor >= 0n, "a net value is not negative");
  if (conversion.positions.length === 0) return;
  let total = 0n;
  for (const position of conversion.positions) {
    assert(position.quantity >= 0 && Number.isSafeInteger(position.quantity), "a remaining quantity is a whole number, not negative");
    assert(position.netMinor >= 0n, "a net value is not negative");
    assert(position.quantity > 0 || position.netMinor === 0n, "a position that was returned in full has no value left");
    total += position.netMinor;
  }
  assert(total === conversion.netMinor, "positions sum up to the conversion's net value");
}

/** Our data as JSON with bigint as decimal text, as the wire writes it; members that are undefined are left out. */
export function plainJson(value: unknown): Json {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(plainJson);
  assert(typeof value === "object" && value !== undefined, "only plain data has a canonical form");
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, plainJson(member)]),
  );
}
