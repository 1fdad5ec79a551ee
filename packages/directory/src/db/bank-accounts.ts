import type { Currency, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { BankAccount } from "../domain/bank-account.ts";

const columns = `org_id as org, currency, holder, iban, bic, account_text as "accountText", changed_at as "changedAt"`;

/** The account for one currency; seen by the organisation itself and in system scope. */
export async function bankAccountOf(tx: Tx, org: OrgId, currency: Currency): Promise<BankAccount | undefined> {
  return (await bankAccountsOf(tx, [org])).find((account) => account.currency === currency);
}

export async function bankAccountsOf(tx: Tx, orgs: readonly OrgId[]): Promise<readonly BankAccount[]> {
  const { rows } = await tx.query<BankAccount>(
    `select ${columns} from directory.bank_account where org_id = any($1::text[]) order by org_id, currency`,
    [orgs],
    "directory-bank-accounts",
  );
  return rows;
}

export async function saveBankAccount(tx: Tx, account: BankAccount): Promise<void> {
  await tx.query(
    `insert into directory.bank_account (org_id, currency, holder, iban, bic, account_text, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (org_id, currency) do update set holder = excluded.holder, iban = excluded.iban, bic = excluded.bic,
       account_text = excluded.account_text, changed_at = excluded.changed_at`,
    [account.org, account.currency, account.holder, account.iban, account.bic, account.accountText, account.changedAt],
  );
}
