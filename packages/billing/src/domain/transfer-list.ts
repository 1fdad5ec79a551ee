import { csvText, decimalText, type Money } from "@biotop/kernel";

export type ManualTransfer = {
  readonly id: string;
  readonly payee: string;
  readonly holder: string;
  readonly account: string;
  readonly amount: Money;
  readonly reference: string;
};

/** What a person needs to make the transfers in online banking, one per row. */
export function transferListCsv(transfers: readonly ManualTransfer[]): string {
  const rows = transfers.map((transfer) => [
    transfer.id,
    transfer.payee,
    transfer.holder,
    transfer.account,
    decimalText(transfer.amount),
    transfer.amount.currency,
    transfer.reference,
  ]);
  return csvText([["payout", "payee", "account holder", "account", "amount", "currency", "reference"], ...rows], ",");
}
