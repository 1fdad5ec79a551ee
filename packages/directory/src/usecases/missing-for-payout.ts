import { type Currency, currency, type OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { bankAccountsOf } from "../db/bank-accounts.ts";
import { taxProfileOf } from "../db/legal-entities.ts";
import { type Missing, missingData } from "../domain/completeness.ts";

/** What an organisation still has to fill in before it gets documents and money; euro unless currencies are named. */
export async function missingForPayout(
  tx: Tx,
  org: OrgId,
  currencies: readonly Currency[] = [currency("EUR")],
): Promise<readonly Missing[]> {
  return missingData(await taxProfileOf(tx, org), await bankAccountsOf(tx, [org]), currencies);
}
