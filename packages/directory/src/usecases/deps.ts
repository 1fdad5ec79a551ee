import type { Clock, Ids, Json, OrgId } from "@biotop/kernel";
import type { Database, Tx } from "@biotop/platform/db";
import type { Principal } from "@biotop/platform/http";

/** What directory needs; `audit` is access's. */
export type DirectoryDeps = {
  readonly db: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: (
    tx: Tx,
    row: {
      readonly org: OrgId;
      readonly principal: Principal;
      readonly action: string;
      readonly subject: string;
      readonly facts: Readonly<Record<string, Json>>;
    },
  ) => Promise<void>;
};
