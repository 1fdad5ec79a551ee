import type { Currency, Instant, LocalDate, OrgId, Rate } from "@biotop/kernel";

/** A conversion as the evaluator sees it: what remains of it after returns, in the shop's currency, net. */
export type ConversionSnapshot = {
  /** `sale`, `lead`, …; the contract's conversion type of this name prices it. */
  readonly event: string;
  readonly occurredAt: Instant;
  /** The shop's currency. */
  readonly currency: Currency;
  /** Units of the settlement currency for one unit of the shop's; equal currencies may leave it out. */
  readonly rate: Rate | undefined;
  readonly rateDate: LocalDate | undefined;
  readonly customerStatus: "new" | "existing" | undefined;
  readonly voucherCodes: readonly string[];
  readonly country?: string | undefined;
  readonly positions: readonly Position[];
  /** Net value of the whole conversion: the sum of the positions where there are any. */
  readonly netMinor: bigint;
};

export type Position = {
  readonly index: number;
  readonly sku?: string | undefined;
  readonly group?: string | undefined;
  readonly category?: string | undefined;
  /** What remains after returns; 0 = all of it was returned. */
  readonly quantity: number;
  /** Net value of the line at that quantity. */
  readonly netMinor: bigint;
};

/** Tier and cap counters that a caller holds by key; terms of version 1 use none, the input hash names them all the same. */
export type Counters = Readonly<Record<string, bigint>>;

/** The trace of one priced line: enough to compute its amount again by hand. */
export type LineResult = {
  /** The position's index; null for an order-level line. */
  readonly position: number | null;
  /** The rule that matched, or `otherwise`. */
  readonly ruleId: string;
  /** Commission model with version: `percent-of-sale@1`. */
  readonly model: string;
  /** Net base in the shop's currency. */
  readonly baseMinor: bigint;
  readonly shopCurrency: Currency;
  readonly settlementCurrency: Currency;
  /** `numerator/denominator`, units of settlement currency for one of the shop's; `1/1` and no date where none is used. */
  readonly rate: string;
  readonly rateDate: LocalDate | null;
  readonly quantity: number;
  readonly ppm: bigint | null;
  readonly fixedMinor: bigint | null;
  /** In the settlement currency, rounded once. */
  readonly amountMinor: bigint;
};

/** What one further party gets for the conversion. */
export type SplitResult = {
  readonly splitId: string;
  readonly payee: OrgId;
  readonly kind: "on-top-of-commission" | "inside-commission" | "of-base" | "fixed";
  readonly ppm: bigint | null;
  readonly fixedMinor: bigint | null;
  /** What the share was taken of: commission in settlement currency, or base in shop currency; null for fixed. */
  readonly ofMinor: bigint | null;
  readonly amountMinor: bigint;
};

export type Calculation = {
  readonly engineVersion: number;
  readonly inputHash: string;
  /** In the settlement currency of the terms. */
  readonly currency: Currency;
  readonly lines: readonly LineResult[];
  readonly splits: readonly SplitResult[];
  /** Σ lines: the commission before anything is taken out of it. */
  readonly commissionMinor: bigint;
  /** What the earner gets: the commission less the inside splits. */
  readonly earnerMinor: bigint;
  /** What the payer pays: exactly earner + Σ splits. */
  readonly payerCostMinor: bigint;
  /** Net value of the lines that pay, in shop currency: the base of `of-base` splits. */
  readonly payingBaseMinor: bigint;
  readonly explanation: Explanation;
};

/** Why the amount is what it is, as data; `explainLine` and `explainCalculation` say it in German and English. */
export type Explanation = { readonly outcome: "priced" | "event-not-in-contract"; readonly event: string };
