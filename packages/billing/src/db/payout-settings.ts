import type { OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** Drafts are prepared unless the organisation said otherwise. */
export async function autoPreparesRun(tx: Tx, org: OrgId): Promise<boolean> {
  const { rows } = await tx.query<{ auto: boolean }>("select auto_prepare_run as auto from billing.payout_settings where org_id = $1", [
    org,
  ]);
  return rows[0]?.auto ?? true;
}

export async function saveAutoPrepare(tx: Tx, org: OrgId, isOn: boolean): Promise<void> {
  await tx.query(
    `insert into billing.payout_settings (org_id, auto_prepare_run) values ($1, $2)
     on conflict (org_id) do update set auto_prepare_run = excluded.auto_prepare_run`,
    [org, isOn],
  );
}
