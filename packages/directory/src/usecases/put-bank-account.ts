import { err, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import { electronicFormatIBAN, isSEPACountry, isValidBIC, isValidIBAN } from "ibantools";
import { bankAccountOf, saveBankAccount } from "../db/bank-accounts.ts";
import { type BankAccount, type BankAccountError, checkBankAccount, type GivenAccount } from "../domain/bank-account.ts";
import type { BankAccountChanged } from "../events.ts";
import type { DirectoryDeps } from "./deps.ts";

/** Sets where the acting organisation is paid in one currency. The audit log keeps the account's end, never the whole. */
export function putBankAccount(
  deps: DirectoryDeps,
  principal: Actor,
  given: GivenAccount & { readonly holder: string },
): Promise<Result<BankAccount, BankAccountError>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const checked = checkBankAccount(given, checkIban, isValidBIC);
    if (!checked.ok) return err(checked.error);

    const before = await bankAccountOf(tx, org, given.currency);
    const account: BankAccount = { ...checked.value, org, holder: given.holder, changedAt: deps.clock.now() };
    await saveBankAccount(tx, account);
    await publish(tx, { type: "bank-account.changed", org, currency: account.currency } satisfies BankAccountChanged);
    const facts = { currency: account.currency, ending: ending(account), endingBefore: before ? ending(before) : null };
    await deps.audit(tx, { org, principal, action: "bank-account.changed", subject: org, facts });
    return ok(account);
  });
}

function checkIban(iban: string) {
  const electronic = electronicFormatIBAN(iban) ?? "";
  return { electronic, isValid: isValidIBAN(electronic), isSepa: isSEPACountry(electronic.slice(0, 2)) };
}

function ending(account: BankAccount): string {
  return account.iban ? `…${account.iban.slice(-4)}` : "by hand";
}
