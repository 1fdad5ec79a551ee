import type { Ids, Instant, OrgId } from "@biotop/kernel";
import type { Database } from "@biotop/platform/db";
import type { Log } from "@biotop/platform/log";

export type TransactionsDeps = {
  readonly db: Database;
  /** Business time. */
  readonly clock: { readonly now: () => Instant };
  /** The machine's time: how long to wait for clicks and early changes. */
  readonly realNow: () => Instant;
  readonly ids: Ids;
  readonly log: Log;
  /** directory's names, for screens. */
  readonly organisationNames: (ids: readonly OrgId[]) => Promise<ReadonlyMap<OrgId, string>>;
};
