import type { Pay } from "../terms.ts";
import type { CommissionModel } from "./commission-model.ts";
import { fixedAmount } from "./fixed-amount.ts";
import { noCommission } from "./no-commission.ts";
import { percentOfSale } from "./percent-of-sale.ts";

/** Every commission model, by the kind that terms name it with: one line each; the compiler asks for the missing ones. */
const modelsByKind: { readonly [K in Pay["kind"]]: CommissionModel<Extract<Pay, { kind: K }>> } = {
  percent: percentOfSale,
  fixed: fixedAmount,
  none: noCommission,
};

export function modelOf<P extends Pay>(pay: P): CommissionModel<P> {
  // The table's type says that the model under a kind takes the pay of that kind.
  return modelsByKind[pay.kind] as CommissionModel as CommissionModel<P>;
}

export const commissionModels: readonly CommissionModel[] = Object.values(modelsByKind);
