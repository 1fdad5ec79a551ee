import type { Tx } from "@biotop/platform/db";
import type { InvariantCheck } from "@biotop/platform/module";

/** What `biotop verify` checks of the directory. */
export const directoryInvariants: readonly InvariantCheck[] = [
  {
    id: "directory.member-count",
    statement: "an organisation's member count is the number of its members",
    violations: (tx) =>
      examples(
        tx,
        `select organisation.id from directory.organisation
         where member_count <> (select count(*) from directory.member where org_id = organisation.id) limit 20`,
      ),
  },
  {
    id: "directory.one-operator",
    statement: "at most one organisation operates the instance",
    violations: async (tx) => {
      const ids = await examples(tx, "select id from directory.organisation where is_operator limit 20");
      return ids.length > 1 ? ids : [];
    },
  },
  {
    id: "directory.account-reachable",
    statement: "a bank account has an IBAN, or outside the euro a text that says how to pay",
    violations: (tx) =>
      examples(
        tx,
        `select org_id || ' ' || currency as id from directory.bank_account
         where iban is null and (currency = 'EUR' or account_text is null) limit 20`,
      ),
  },
];

async function examples(tx: Tx, sql: string): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(sql);
  return rows.map((row) => row.id);
}
