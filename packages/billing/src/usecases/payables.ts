import { type BankAccount, bankAccountsOf } from "@biotop/directory";
import { type Currency, type Instant, money, type OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type DocumentRow, unpaidDocuments } from "../db/documents.ts";
import { missingForPayment, type PayeeAccount, type Rail, railOf } from "../domain/payability.ts";
import type { WaitingReason } from "../domain/waiting-reason.ts";

export type Payable = {
  readonly document: DocumentRow;
  readonly account: PayeeAccount | undefined;
  readonly rail: Rail;
  readonly waiting: readonly WaitingReason[];
};

/** Unpaid documents of a payer or of a payee, each with what it still lacks. System scope: it reads both parties' accounts. */
export async function payablesOf(
  tx: Tx,
  of: { readonly issuer: OrgId } | { readonly supplier: OrgId },
  now: Instant,
  lock: "for update" | "" = "",
): Promise<readonly Payable[]> {
  const documents = await unpaidDocuments(tx, of, lock);
  const accounts = await accountsOf(tx, documents);
  const owed = owedByPair(documents);
  return documents.map((document) => {
    const account = accounts(document.supplier, document.currency);
    const waiting = missingForPayment({
      supplier: document.supplier,
      issuer: document.issuer,
      settlement: document.settlement,
      isHeld: document.holdReason !== null,
      owed: money(document.currency, owed.get(pairKey(document)) ?? 0n),
      thresholdMinor: document.thresholdMinor,
      account,
      payerHasAccount: accounts(document.issuer, document.currency)?.iban != null,
      now,
    });
    return { document, account, rail: railOf(document.currency, account), waiting };
  });
}

type AccountOf = (org: OrgId, currency: Currency) => BankAccount | undefined;

async function accountsOf(tx: Tx, documents: readonly DocumentRow[]): Promise<AccountOf> {
  const orgs = new Set(documents.flatMap((document) => [document.supplier, document.issuer]));
  const accounts = new Map((await bankAccountsOf(tx, [...orgs])).map((account) => [`${account.org}/${account.currency}`, account]));
  return (org, currency) => accounts.get(`${org}/${currency}`);
}

function owedByPair(documents: readonly DocumentRow[]): ReadonlyMap<string, bigint> {
  const owed = new Map<string, bigint>();
  for (const document of documents) owed.set(pairKey(document), (owed.get(pairKey(document)) ?? 0n) + document.grossMinor);
  return owed;
}

function pairKey({ issuer, supplier, currency }: DocumentRow): string {
  return `${issuer}/${supplier}/${currency}`;
}
