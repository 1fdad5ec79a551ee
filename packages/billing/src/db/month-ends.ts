import type { Instant, Month, OrgId, TimeZone } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type MonthEnd = {
  readonly payer: OrgId;
  readonly timeZone: TimeZone;
  readonly month: Month;
  readonly dueAt: Instant;
  readonly prepareDueAt: Instant;
};

const columns = `payer_org as payer, time_zone as "timeZone", month, due_at as "dueAt", prepare_due_at as "prepareDueAt"`;

/** Plans a month end; planned twice it is one. */
export async function planMonthEnd(tx: Tx, end: MonthEnd): Promise<void> {
  await tx.query(
    `insert into billing.month_end (payer_org, time_zone, month, due_at, prepare_due_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [end.payer, end.timeZone, end.month, end.dueAt, end.prepareDueAt],
  );
}

/** Whether a later month of the payer and zone is planned or done: the chain then runs already. */
export async function hasMonthEnds(tx: Tx, payer: OrgId, timeZone: TimeZone): Promise<boolean> {
  const { rowCount } = await tx.query(
    "select from billing.month_end where payer_org = $1 and time_zone = $2 and issued_at is null limit 1",
    [payer, timeZone],
  );
  return rowCount === 1;
}

export async function nextToIssue(tx: Tx): Promise<Instant | undefined> {
  const { rows } = await tx.query<{ at: Instant }>(
    "select due_at as at from billing.month_end where issued_at is null order by due_at limit 1",
  );
  return rows[0]?.at;
}

export async function dueToIssue(tx: Tx, until: Instant): Promise<MonthEnd | undefined> {
  const { rows } = await tx.query<MonthEnd>(
    `select ${columns} from billing.month_end where issued_at is null and due_at <= $1 order by due_at, payer_org, time_zone limit 1`,
    [until],
  );
  return rows[0];
}

export async function markIssued(tx: Tx, end: MonthEnd): Promise<void> {
  await tx.query("update billing.month_end set issued_at = due_at where payer_org = $1 and time_zone = $2 and month = $3", [
    end.payer,
    end.timeZone,
    end.month,
  ]);
}

export async function nextToPrepare(tx: Tx): Promise<Instant | undefined> {
  const { rows } = await tx.query<{ at: Instant }>(
    "select prepare_due_at as at from billing.month_end where prepared_at is null order by prepare_due_at limit 1",
  );
  return rows[0]?.at;
}

/** Locked, so that two sweeps prepare once. */
export async function dueToPrepare(tx: Tx, until: Instant): Promise<MonthEnd | undefined> {
  const { rows } = await tx.query<MonthEnd>(
    `select ${columns} from billing.month_end where prepared_at is null and prepare_due_at <= $1
     order by prepare_due_at, payer_org, time_zone limit 1 for update skip locked`,
    [until],
  );
  return rows[0];
}

export async function markPrepared(tx: Tx, end: MonthEnd): Promise<void> {
  await tx.query("update billing.month_end set prepared_at = prepare_due_at where payer_org = $1 and time_zone = $2 and month = $3", [
    end.payer,
    end.timeZone,
    end.month,
  ]);
}
