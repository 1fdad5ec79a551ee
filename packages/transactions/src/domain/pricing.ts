import type { Calculation, ConversionSnapshot, Terms } from "@biotop/contracts";
import { assert, type OrgId } from "@biotop/kernel";
import type { Current } from "./change.ts";
import type { PricedBy, Report } from "./conversion.ts";
import type { Rules } from "./rules.ts";
import { commissionTrace, splitTrace, type Trace } from "./trace.ts";

/** What one payee is to get for one reason, all lines of the conversion together. */
export type Target = { readonly payee: OrgId; readonly kind: string; readonly amountMinor: bigint; readonly trace: Trace };

export type Priced = { readonly targets: readonly Target[]; readonly costMinor: bigint };

/** The earner's line; every other share is `split:<id>`. */
export const commissionKind = "commission";

/** Prices what is still bought under the contract version, rate and date that were fixed with the first pricing. */
export function price(rules: Rules, report: Report, state: Current, by: PricedBy, terms: Terms): Priced {
  const result = rules.calculate(snapshotOf(report, state, by), terms, {});
  const targets: Target[] = [
    { payee: by.partner, kind: commissionKind, amountMinor: result.earnerMinor, trace: commissionTrace(result, report.currency) },
    ...result.splits.map((split) => ({
      payee: split.payee,
      kind: `split:${split.splitId}`,
      amountMinor: split.amountMinor,
      trace: splitTrace(result, report.currency, split),
    })),
  ];
  assertComplete(result, targets);
  if (state.decision !== "declined") return { targets, costMinor: result.payerCostMinor };
  return { targets: targets.map((target) => ({ ...target, amountMinor: 0n })), costMinor: 0n };
}

function snapshotOf(report: Report, state: Current, by: PricedBy): ConversionSnapshot {
  return {
    event: report.event,
    occurredAt: report.occurredAt,
    currency: report.currency,
    rate: by.rate,
    rateDate: by.rateDate,
    customerStatus: report.customerStatus,
    voucherCodes: report.vouchers,
    country: report.country,
    positions: state.positions,
    netMinor: state.netMinor,
  };
}

function assertComplete(result: Calculation, targets: readonly Target[]): void {
  const total = targets.reduce((sum, target) => sum + target.amountMinor, 0n);
  assert(total === result.payerCostMinor, "the payer's cost is exactly what all payees get");
}
