import type { DocumentId, Instant, OrgId, PayoutId, PayoutRunId } from "@biotop/kernel";

export type DocumentIssued = {
  readonly type: "document.issued";
  readonly documentId: DocumentId;
  readonly number: string;
  readonly issuer: OrgId;
  readonly supplier: OrgId;
  readonly currency: string;
  readonly grossMinor: string;
  readonly issuedAt: Instant;
};

export type PayoutRunPrepared = {
  readonly type: "payout-run.prepared";
  readonly runId: PayoutRunId;
  readonly payer: OrgId;
  readonly currency: string;
  readonly totalMinor: string;
};

export type PayoutPaid = {
  readonly type: "payout.paid";
  readonly payoutId: PayoutId;
  readonly payer: OrgId;
  readonly payee: OrgId;
  readonly currency: string;
  readonly amountMinor: string;
  readonly paidAt: Instant;
};
