import type { ContractActivated } from "@biotop/contracts/events";
import type { Tx } from "@biotop/platform/db";
import { planMonthEnds } from "../usecases/close-month.ts";

/** A contract came into force: from now on the payer's months end in the contract's time zone. */
export function planMonthEndsOf(tx: Tx, event: ContractActivated): Promise<void> {
  return planMonthEnds(tx, { payer: event.payer, version: event.versionId, from: event.effectiveFrom });
}
