import type { ApiKeyId, Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { ConversionRecord } from "@biotop/tracking-protocol";

export type PendingRow = {
  readonly position: bigint;
  readonly receipt: string;
  readonly op: "report" | "change";
  readonly org: OrgId;
  readonly key: ApiKeyId;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly body: string;
};

export async function insertPending(tx: Tx, records: readonly ConversionRecord[]): Promise<void> {
  if (records.length === 0) return;
  await tx.query(
    `insert into transactions.pending (receipt, op, org_id, key_id, at, received_at, waits_for_clicks, body)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::boolean[], $8::text[])`,
    [
      records.map((record) => record.receipt),
      records.map((record) => record.op),
      records.map((record) => record.org),
      records.map((record) => record.key),
      records.map((record) => record.at),
      records.map((record) => record.receivedAt),
      records.map((record) => namesClicks(record)),
      records.map((record) => JSON.stringify(record.body)),
    ],
    "transactions-insert-pending",
  );
}

function namesClicks({ body }: ConversionRecord): boolean {
  if (typeof body !== "object" || body === null || !("clickIds" in body)) return false;
  return Array.isArray(body["clickIds"]) && body["clickIds"].length > 0;
}

/** What the pipeline has to look at; asked often, so it takes no lock. */
export async function openWork(tx: Tx): Promise<{ readonly pending: boolean; readonly missing: boolean; readonly waiting: boolean }> {
  const { rows } = await tx.query<{ pending: boolean; missing: boolean; waiting: boolean }>(
    `select exists (select from transactions.pending) as pending, exists (select from transactions.missing_click) as missing,
       exists (select from transactions.conversion where pricing = 'waiting' and retry) as waiting`,
    [],
    "transactions-open-work",
  );
  return rows[0] ?? { pending: false, missing: false, waiting: false };
}

/** Waits for other writers of the queue: one at a time keeps outcomes in order. */
export async function lockQueue(tx: Tx): Promise<void> {
  await tx.query("select only_row from transactions.gate for update", [], "transactions-gate");
}

/**
 * The next records that may be decided: those without clicks at once, those with clicks when everything up to their arrival is
 * loaded, and all of them after the longest wait.
 */
export async function claimPending(
  tx: Tx,
  asked: { readonly loadedUpTo: Instant; readonly realNow: Instant; readonly giveUpBefore: Instant; readonly limit: number },
): Promise<readonly PendingRow[]> {
  const { rows } = await tx.query<PendingRow>(
    `select position, receipt, op, org_id as org, key_id as key, at, received_at as "receivedAt", body from transactions.pending
     where (try_after is null or try_after <= $1) and (not waits_for_clicks or received_at < $2 or received_at <= $3)
     order by position limit $4`,
    [asked.realNow, asked.loadedUpTo, asked.giveUpBefore, asked.limit],
    "transactions-claim-pending",
  );
  return rows;
}

export async function removePending(tx: Tx, positions: readonly bigint[]): Promise<void> {
  if (positions.length === 0) return;
  await tx.query("delete from transactions.pending where position = any($1::bigint[])", [positions], "transactions-remove-pending");
}

export async function postponePending(tx: Tx, positions: readonly bigint[], until: Instant): Promise<void> {
  if (positions.length === 0) return;
  await tx.query("update transactions.pending set try_after = $2 where position = any($1::bigint[])", [positions, until]);
}

export async function countPending(tx: Tx, org: OrgId): Promise<bigint> {
  const { rows } = await tx.query<{ count: bigint }>("select count(*) as count from transactions.pending where org_id = $1", [org]);
  return rows[0]?.count ?? 0n;
}
