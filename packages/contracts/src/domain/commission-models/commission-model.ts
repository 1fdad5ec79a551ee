import { type Currency, type LocalText, type Money, money, type Rate } from "@biotop/kernel";
import type { Level, Pay } from "../terms.ts";

/** What one line brings to its model. */
export type PriceInput = {
  /** Net base in the shop's currency. */
  readonly net: Money;
  /** Units sold and kept; an order-level line has 1, or 0 when all of it was returned. */
  readonly quantity: number;
  readonly rate: Rate;
  readonly to: Currency;
};

/**
 * One way to pay for a line. A signed contract stores the pay's kind under its terms version; a trace names code and version.
 * The meaning of a published model never changes: a new meaning is a new version.
 */
export type CommissionModel<P extends Pay = Pay> = {
  readonly code: string;
  readonly version: number;
  readonly kind: P["kind"];
  readonly label: LocalText;
  readonly levels: readonly Level[];
  /** Whether the net value of such a line counts as base for shares of the base and needs an exchange rate. */
  readonly isPaying: boolean;
  readonly needsRate: boolean;
  /** A method, so that a list of all models has one type; a model is only ever called with the pay of its own kind. */
  price(input: PriceInput, params: P): Money;
  /** The terms in half a sentence, for texts and forms. */
  phrase(params: P, level: Level, amount: (minor: bigint) => LocalText, percent: (ppm: bigint) => LocalText): LocalText;
  readonly examples: readonly { readonly input: PriceInput; readonly params: P; readonly pays: bigint }[];
};

export function defineCommissionModel<P extends Pay>(model: CommissionModel<P>): CommissionModel<P> {
  return Object.freeze(model);
}

/** For examples: 1 to 1 in one currency. */
export function plainInput(code: Currency, netMinor: bigint, quantity: number): PriceInput {
  return { net: money(code, netMinor), quantity, rate: { numerator: 1n, denominator: 1n }, to: code };
}
