import type { InvariantCheck } from "@biotop/platform/module";

/** What `biotop verify` reads over the whole ledger. */
export const ledgerInvariants: readonly InvariantCheck[] = [
  {
    id: "ledger.trial-balance",
    statement: "The sum of all postings is zero in every currency.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `select currency || ': ' || sum(amount_minor) as text from ledger.posting group by currency having sum(amount_minor) <> 0 limit 20`,
      );
      return rows.map((row) => row.text);
    },
  },
  {
    id: "ledger.entry-balances",
    statement: "Every entry has postings and balances in every currency.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `(select entry_id || ': ' || sum(amount_minor) || ' ' || currency as text from ledger.posting
            group by entry_id, currency having sum(amount_minor) <> 0 limit 20)
         union all
         (select id || ': no postings' from ledger.entry e
            where not exists (select from ledger.posting p where p.entry_id = e.id) limit 20)`,
      );
      return rows.map((row) => row.text);
    },
  },
  {
    id: "ledger.balance-is-sum",
    statement: "An account's balance and count are those of its postings.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `select a.id || ': ' || a.balance_minor || ' stored, ' || coalesce(p.total, 0) || ' posted' as text
         from ledger.account a
         left join (select account_id, sum(amount_minor) as total, count(*) as postings from ledger.posting group by account_id) p
           on p.account_id = a.id
         where a.balance_minor <> coalesce(p.total, 0) or a.postings <> coalesce(p.postings, 0) limit 20`,
      );
      return rows.map((row) => row.text);
    },
  },
  {
    id: "ledger.reversal-mirrors",
    statement: "A reversal takes back exactly the entry that it names.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(
        `select e.id || ' does not mirror ' || e.reverses as text from ledger.entry e
         where e.reverses is not null and exists (
           select from (select account_id, sum(amount_minor) as total from ledger.posting
             where entry_id in (e.id, e.reverses) group by account_id) s where s.total <> 0) limit 20`,
      );
      return rows.map((row) => row.text);
    },
  },
];
