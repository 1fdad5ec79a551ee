import type { Tx } from "@biotop/platform/db";
import { type DaySum, mergedSums } from "../domain/day-sums.ts";

/** Adds to the daily sums in the transaction of the fact; rows are taken in the order of their keys. */
export async function addDaySums(tx: Tx, all: readonly DaySum[]): Promise<void> {
  const rows = mergedSums(all);
  if (rows.length === 0) return;
  const key = <T>(read: (row: DaySum["key"]) => T) => rows.map((row) => read(row.key));
  const sum = (read: (row: DaySum["sums"]) => bigint) => rows.map((row) => read(row.sums));
  await tx.query(
    `insert into transactions.money_day as d (org_id, programme_id, partner_id, payee_org, sub1, day, currency, settlement_currency,
       conversions, open_count, approved_count, declined_count, value_minor, open_value_minor, approved_value_minor, open_minor,
       approved_minor)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::text[], $8::text[],
       $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[])
     on conflict (org_id, programme_id, partner_id, payee_org, sub1, day, currency, settlement_currency) do update set
       conversions = d.conversions + excluded.conversions, open_count = d.open_count + excluded.open_count,
       approved_count = d.approved_count + excluded.approved_count, declined_count = d.declined_count + excluded.declined_count,
       value_minor = d.value_minor + excluded.value_minor, open_value_minor = d.open_value_minor + excluded.open_value_minor,
       approved_value_minor = d.approved_value_minor + excluded.approved_value_minor, open_minor = d.open_minor + excluded.open_minor,
       approved_minor = d.approved_minor + excluded.approved_minor`,
    [
      key((row) => row.org),
      key((row) => row.programme),
      key((row) => row.partner),
      key((row) => row.payee),
      key((row) => row.sub1),
      key((row) => row.day),
      key((row) => row.currency),
      key((row) => row.settlementCurrency),
      sum((row) => row.conversions),
      sum((row) => row.openCount),
      sum((row) => row.approvedCount),
      sum((row) => row.declinedCount),
      sum((row) => row.valueMinor),
      sum((row) => row.openValueMinor),
      sum((row) => row.approvedValueMinor),
      sum((row) => row.openMinor),
      sum((row) => row.approvedMinor),
    ],
    "transactions-add-day-sums",
  );
}
