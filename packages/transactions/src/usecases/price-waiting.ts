import type { ConversionId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { lockQueue } from "../db/pending.ts";
import type { TransactionsDeps } from "../ports.ts";
import { attributeAgain } from "./late-clicks.ts";
import type { VersionCache } from "./pricing-version.ts";

const batchMax = 200;
const batchesMax = 1_000;

/** New rates have come: everything that waits for one may be tried again. */
export async function wakeWaiting(tx: Tx): Promise<void> {
  await tx.query("update transactions.conversion set retry = true where pricing = 'waiting' and not retry");
}

/** Prices conversions that waited for an exchange rate; those whose rate is still unknown go on waiting. */
export async function priceWaiting(deps: TransactionsDeps, versions: VersionCache): Promise<number> {
  let priced = 0;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const done = await deps.db.inTransaction("system", async (tx) => {
      const { rows } = await tx.query<{ id: ConversionId }>(
        "select id from transactions.conversion where pricing = 'waiting' and retry order by id limit $1",
        [batchMax],
        "transactions-waiting",
      );
      if (rows.length === 0) return { tried: 0, priced: 0 };
      await lockQueue(tx);
      const ids = rows.map(({ id }) => id);
      await tx.query("update transactions.conversion set retry = false where id = any($1::text[])", [ids]);
      return { tried: ids.length, priced: await attributeAgain(tx, deps, versions, ids, "rate") };
    });
    priced += done.priced;
    if (done.tried < batchMax) break;
  }
  return priced;
}
