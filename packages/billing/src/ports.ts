import type { CommissionLineId, ContractId, ContractVersionId, Currency, DocumentId, Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** Approved lines of one contract that wait for a document. */
export type BillableContract = {
  readonly payee: OrgId;
  readonly contract: ContractId;
  /** The newest version among the lines. */
  readonly version: ContractVersionId;
  readonly currency: Currency;
};

export type TakenLine = {
  readonly id: CommissionLineId;
  readonly contract: ContractId;
  readonly programmeName: string;
  /** `commission` for the earner, `split:<id>` for every other share. */
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** The billed line that this one takes back in part. */
  readonly corrects: CommissionLineId | null;
};

export type BilledLine = { readonly line: CommissionLineId; readonly document: DocumentId; readonly position: number };

/** What billing asks of transactions. All calls run in billing's transaction. */
export type CommissionLines = {
  /** Contracts of a payer with approved, unbilled lines up to an instant. */
  readonly billable: (tx: Tx, of: { readonly payer: OrgId; readonly until: Instant }) => Promise<readonly BillableContract[]>;
  /** Locks and answers the lines; nothing changes until they are marked. */
  readonly take: (
    tx: Tx,
    of: { readonly payer: OrgId; readonly payee: OrgId; readonly contract: ContractId; readonly until: Instant },
  ) => Promise<readonly TakenLine[]>;
  readonly markBilled: (tx: Tx, lines: readonly BilledLine[]) => Promise<void>;
  readonly markPaid: (tx: Tx, documents: readonly DocumentId[]) => Promise<void>;
};
