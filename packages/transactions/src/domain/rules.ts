import type { afterReturn, calculate } from "@biotop/contracts";
import type { EntryId, Instant } from "@biotop/kernel";
import type { raise } from "@biotop/ledger";

/** What the neighbours decide, handed in: how a contract prices, what a return leaves, what a claim posts (ADR 0014). */
export type Rules = {
  readonly calculate: typeof calculate;
  readonly afterReturn: typeof afterReturn;
  readonly raise: typeof raise;
  readonly entryId: (idempotencyKey: string, effectiveAt: Instant) => EntryId;
};
