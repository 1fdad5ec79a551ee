import type { Calculation, LineResult, SplitResult } from "@biotop/contracts";
import type { Currency, LocalDate, OrgId } from "@biotop/kernel";

/** Why a line's amount is what it is, as it is stored: short, and enough to compute it again. */
export type Trace =
  | {
      readonly of: "commission";
      readonly engine: number;
      readonly input: string;
      readonly shop: Currency;
      readonly to: Currency;
      /** Rate and its day as the lines that need one used it. */
      readonly rate: string;
      readonly rateDate: LocalDate | null;
      /** position, rule, model, base, quantity, ppm, fixed, amount, whether the rate was used. */
      readonly lines: readonly TraceLine[];
      /** What further parties get out of the commission. */
      readonly inside: string;
    }
  | {
      readonly of: "split";
      readonly engine: number;
      readonly input: string;
      readonly shop: Currency;
      readonly to: Currency;
      readonly split: {
        readonly id: string;
        readonly payee: OrgId;
        readonly kind: SplitResult["kind"];
        readonly ppm: string | null;
        readonly fixed: string | null;
        readonly base: string | null;
        readonly amount: string;
      };
    }
  | { readonly of: "withdrawn"; readonly reason: string };

type TraceLine = readonly [
  position: number | null,
  rule: string,
  model: string,
  base: string,
  quantity: number,
  ppm: string | null,
  fixed: string | null,
  amount: string,
  isExchanged: 0 | 1,
];

export function commissionTrace(result: Calculation, shop: Currency): Trace {
  const exchanged = result.lines.find((line) => line.rate !== "1/1");
  return {
    of: "commission",
    engine: result.engineVersion,
    input: result.inputHash,
    shop,
    to: result.currency,
    rate: exchanged?.rate ?? "1/1",
    rateDate: exchanged?.rateDate ?? null,
    lines: result.lines.map((line) => [
      line.position,
      line.ruleId,
      line.model,
      String(line.baseMinor),
      line.quantity,
      text(line.ppm),
      text(line.fixedMinor),
      String(line.amountMinor),
      line.rate === "1/1" ? 0 : 1,
    ]),
    inside: String(result.commissionMinor - result.earnerMinor),
  };
}

export function splitTrace(result: Calculation, shop: Currency, split: SplitResult): Trace {
  return {
    of: "split",
    engine: result.engineVersion,
    input: result.inputHash,
    shop,
    to: result.currency,
    split: {
      id: split.splitId,
      payee: split.payee,
      kind: split.kind,
      ppm: text(split.ppm),
      fixed: text(split.fixedMinor),
      base: text(split.ofMinor),
      amount: String(split.amountMinor),
    },
  };
}

/** The evaluator's lines as they were. */
export function traceLines(trace: Extract<Trace, { of: "commission" }>): readonly LineResult[] {
  return trace.lines.map(([position, ruleId, model, base, quantity, ppm, fixed, amount, isExchanged]) => ({
    position,
    ruleId,
    model,
    baseMinor: BigInt(base),
    shopCurrency: trace.shop,
    settlementCurrency: trace.to,
    rate: isExchanged ? trace.rate : "1/1",
    rateDate: isExchanged ? trace.rateDate : null,
    quantity,
    ppm: ppm === null ? null : BigInt(ppm),
    fixedMinor: fixed === null ? null : BigInt(fixed),
    amountMinor: BigInt(amount),
  }));
}

export function traceSplit({ split }: Extract<Trace, { of: "split" }>): SplitResult {
  return {
    splitId: split.id,
    payee: split.payee,
    kind: split.kind,
    ppm: split.ppm === null ? null : BigInt(split.ppm),
    fixedMinor: split.fixed === null ? null : BigInt(split.fixed),
    ofMinor: split.base === null ? null : BigInt(split.base),
    amountMinor: BigInt(split.amount),
  };
}

function text(value: bigint | null): string | null {
  return value === null ? null : String(value);
}
