import type { Currency, DocumentId, Instant, OrgId, PayoutId, PayoutRunId, UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Rail } from "../domain/payability.ts";
import type { PayoutLine, PayoutRun, RunActor } from "../domain/payout-run.ts";

export type RunRow = {
  readonly id: PayoutRunId;
  readonly payer: OrgId;
  readonly currency: Currency;
  readonly rail: Rail;
  readonly state: PayoutRun["state"];
  readonly payerHolder: string;
  readonly payerIban: string | null;
  readonly totalMinor: bigint;
  readonly hash: string;
  readonly madeByKind: RunActor["kind"];
  readonly madeBy: string;
  readonly madeByPerson: UserId | null;
  readonly madeAt: Instant;
  readonly approvedByKind: RunActor["kind"] | null;
  readonly approvedBy: string | null;
  readonly approvedByPerson: UserId | null;
  readonly approvedAt: Instant | null;
  readonly isApprovedAlone: boolean;
  readonly exportedAt: Instant | null;
  readonly cancelledAt: Instant | null;
  readonly payouts: bigint;
};

export type PayoutRow = PayoutLine & {
  readonly run: PayoutRunId;
  readonly paidAt: Instant | null;
  readonly documentRows: readonly { readonly id: DocumentId; readonly number: string; readonly grossMinor: bigint }[];
};

const runColumns = `run.id, run.payer_org as payer, run.currency, run.rail, run.state, run.payer_holder as "payerHolder",
  run.payer_iban as "payerIban", run.total_minor as "totalMinor", run.hash, run.made_by_kind as "madeByKind", run.made_by as "madeBy",
  run.made_by_person as "madeByPerson", run.made_at as "madeAt", run.approved_by_kind as "approvedByKind",
  run.approved_by as "approvedBy", run.approved_by_person as "approvedByPerson",
  run.approved_at as "approvedAt", run.is_approved_alone as "isApprovedAlone", run.exported_at as "exportedAt",
  run.cancelled_at as "cancelledAt", (select count(*) from billing.payout where payout.run_id = run.id) as payouts`;

export async function insertRun(tx: Tx, run: PayoutRun, hash: string, totalMinor: bigint): Promise<void> {
  await tx.query(
    `insert into billing.payout_run (id, payer_org, currency, rail, state, payer_holder, payer_iban, total_minor, hash, made_by_kind,
       made_by, made_by_person, made_at) values ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[run.id, run.payer, run.currency, run.rail, run.payerHolder, run.payerIban, totalMinor, hash],
      ...[run.madeBy.kind, run.madeBy.id, run.madeBy.person, run.madeAt],
    ],
  );
  const { lines } = run;
  await tx.query(
    `insert into billing.payout (run_id, payer_org, currency, id, position, payee_org, amount_minor, holder, iban, account_text, city,
       country, reference)
     select $1, $2, $3, line.* from unnest($4::text[], $5::int[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[],
       $11::text[], $12::text[], $13::text[]) as line`,
    [
      ...[run.id, run.payer, run.currency, lines.map((line) => line.id), lines.map((_line, index) => index + 1)],
      lines.map((line) => line.payee),
      lines.map((line) => line.amountMinor),
      lines.map((line) => line.holder),
      lines.map((line) => line.iban),
      lines.map((line) => line.accountText),
      lines.map((line) => line.city),
      lines.map((line) => line.country),
      lines.map((line) => line.reference),
    ],
  );
  const documents = lines.flatMap((line) => line.documents.map((document) => ({ payout: line.id, payee: line.payee, document })));
  await tx.query(
    `insert into billing.payout_document (payer_org, payout_id, payee_org, document_id, gross_minor)
     select $1, given.payout, given.payee, given.document, document.gross_minor
     from unnest($2::text[], $3::text[], $4::text[]) as given (payout, payee, document)
     join billing.document document on document.id = given.document`,
    [run.payer, documents.map((each) => each.payout), documents.map((each) => each.payee), documents.map((each) => each.document)],
  );
}

export async function runById(tx: Tx, id: PayoutRunId, lock: "for update" | "" = ""): Promise<RunRow | undefined> {
  const { rows } = await tx.query<RunRow>(`select ${runColumns} from billing.payout_run run where run.id = $1 ${lock}`, [id]);
  return rows[0];
}

export async function runOfPayout(tx: Tx, payout: PayoutId): Promise<PayoutRunId | undefined> {
  const { rows } = await tx.query<{ run: PayoutRunId }>("select run_id as run from billing.payout where id = $1", [payout]);
  return rows[0]?.run;
}

export async function listRuns(
  tx: Tx,
  of: { readonly payer: OrgId; readonly state?: string | undefined; readonly after?: string | undefined; readonly limit: number },
): Promise<readonly RunRow[]> {
  const { rows } = await tx.query<RunRow>(
    `select ${runColumns} from billing.payout_run run
     where run.payer_org = $1 and ($2::text is null or run.state = $2) and ($3::text is null or run.id < $3)
     order by run.id desc limit $4`,
    [of.payer, of.state ?? null, of.after ?? null, of.limit + 1],
  );
  return rows;
}

type FlatPayout = Omit<PayoutRow, "documents" | "documentRows"> & {
  readonly document: DocumentId;
  readonly number: string;
  readonly grossMinor: bigint;
};

export async function payoutsOf(tx: Tx, run: PayoutRunId): Promise<readonly PayoutRow[]> {
  const { rows } = await tx.query<FlatPayout>(
    `select payout.run_id as run, payout.id, payout.payee_org as payee, payout.amount_minor as "amountMinor", payout.holder, payout.iban,
       payout.account_text as "accountText", payout.city, payout.country, payout.reference, payout.paid_at as "paidAt",
       document.id as document, document.number, part.gross_minor as "grossMinor"
     from billing.payout payout join billing.payout_document part on part.payout_id = payout.id
     join billing.document document on document.id = part.document_id
     where payout.run_id = $1 order by payout.position, document.id`,
    [run],
  );
  const payouts = new Map<PayoutId, PayoutRow>();
  for (const { document, number, grossMinor, ...row } of rows) {
    const known = payouts.get(row.id);
    payouts.set(row.id, {
      ...row,
      documents: [...(known?.documents ?? []), document],
      documentRows: [...(known?.documentRows ?? []), { id: document, number, grossMinor }],
    });
  }
  return [...payouts.values()];
}

export type PayoutFile = { readonly name: string; readonly sha256: string; readonly bytes: Uint8Array };

export async function fileOf(tx: Tx, run: PayoutRunId): Promise<PayoutFile | undefined> {
  const { rows } = await tx.query<PayoutFile>(
    `select file_name as name, file_sha256 as sha256, file_bytes as bytes from billing.payout_run where id = $1 and file_bytes is not null`,
    [run],
  );
  return rows[0];
}

export async function saveApproval(tx: Tx, run: PayoutRun & { readonly state: "approved" }, file: PayoutFile): Promise<void> {
  await tx.query(
    `update billing.payout_run set state = 'approved', approved_by_kind = $2, approved_by = $3, approved_at = $4, is_approved_alone = $5,
       file_name = $6, file_sha256 = $7, file_bytes = $8, approved_by_person = $9 where id = $1`,
    [
      ...[run.id, run.approvedBy.kind, run.approvedBy.id, run.approvedAt, run.isApprovedAlone, file.name, file.sha256],
      ...[Buffer.from(file.bytes), run.approvedBy.person],
    ],
  );
  if (run.isApprovedAlone) await tx.query("update billing.payout set is_approved_alone = true where run_id = $1", [run.id]);
}

export async function saveExport(tx: Tx, run: PayoutRunId, at: Instant): Promise<void> {
  await tx.query("update billing.payout_run set state = 'exported', exported_at = $2 where id = $1 and state = 'approved'", [run, at]);
}

/** Payouts that were not paid before; the run is completed with its last one. */
export async function savePaid(tx: Tx, run: PayoutRunId, payouts: readonly PayoutId[], at: Instant): Promise<readonly PayoutId[]> {
  const { rows } = await tx.query<{ id: PayoutId }>(
    "update billing.payout set paid_at = $3 where run_id = $1 and id = any($2::text[]) and paid_at is null returning id",
    [run, payouts, at],
  );
  await tx.query(
    `update billing.payout_run set state = 'completed', completed_at = $2 where id = $1 and state = 'exported'
       and not exists (select from billing.payout where run_id = $1 and paid_at is null)`,
    [run, at],
  );
  return rows.map((row) => row.id);
}

export async function saveCancelled(tx: Tx, run: PayoutRunId, at: Instant): Promise<void> {
  await tx.query(
    `update billing.payout_run set state = 'cancelled', cancelled_at = $2, approved_by_kind = null, approved_by = null, approved_by_person = null,
       approved_at = null, is_approved_alone = false, file_name = null, file_sha256 = null, file_bytes = null where id = $1`,
    [run, at],
  );
  await tx.query(
    "update billing.payout_document set is_active = false where payout_id in (select id from billing.payout where run_id = $1)",
    [run],
  );
}
