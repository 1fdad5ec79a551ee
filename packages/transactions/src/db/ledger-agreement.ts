import type { ConversionId, OrgId } from "@biotop/kernel";
import { entriesByRef } from "@biotop/ledger";
import type { InvariantCheck } from "@biotop/platform/module";

const batchMax = 1_000;
const batchesMax = 100_000;

/** Lines and ledger are two books of the same money, kept by two contexts: compared conversion by conversion. */
export const linesAreLedger: InvariantCheck = {
  id: "transactions.lines-are-ledger",
  statement: "What a conversion posted to each payee's accounts is the sum of that payee's commission lines.",
  violations: async (tx) => {
    const broken: string[] = [];
    let after = "";
    for (let batch = 0; batch < batchesMax && broken.length < 20; batch += 1) {
      const { rows } = await tx.query<{ id: ConversionId }>(
        "select id from transactions.conversion where id > $1 and pricing = 'priced' order by id limit $2",
        [after, batchMax],
      );
      const last = rows.at(-1);
      if (!last) break;
      const ids = rows.map((row) => row.id);
      const owed = new Map<string, bigint>();
      const add = (id: string, payee: OrgId, currency: string, minor: bigint): void => {
        const key = `${id} ${payee} ${currency}`;
        owed.set(key, (owed.get(key) ?? 0n) + minor);
      };
      const { rows: lines } = await tx.query<{ id: string; payee: OrgId; currency: string; minor: bigint }>(
        `select conversion_id as id, payee_org as payee, currency, sum(amount_minor)::bigint as minor
         from transactions.commission_line where conversion_id = any($1::text[]) group by conversion_id, payee_org, currency`,
        [ids],
      );
      for (const line of lines) add(line.id, line.payee, line.currency, line.minor);
      for (const entry of await entriesByRef(tx, ids))
        for (const { account, amountMinor } of entry.postings)
          if (account.code === "memo:pending" || account.code === "memo:approved")
            add(entry.cause.ref, account.owner, account.currency, amountMinor);
      for (const [key, rest] of owed) if (rest !== 0n && broken.length < 20) broken.push(`${key}: ${rest} apart`);
      after = last.id;
    }
    return broken;
  },
};
