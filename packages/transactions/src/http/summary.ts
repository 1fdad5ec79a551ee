import type { Currency, LocalDate, Money, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { AnswerOf, transactionSummary } from "@biotop/wire";
import { type MoneyDayFilter, type MoneyDayRow, moneyDays, unpricedCounts } from "../queries.ts";

type Summary = AnswerOf<typeof transactionSummary>;

/** Tiles and the daily series of one organisation, out of the daily sums. */
export async function summaryView(tx: Tx, org: OrgId, filter: MoneyDayFilter): Promise<Summary> {
  const rows = await moneyDays(tx, org, filter, ["day"]);
  const sums = (value: "openValueMinor" | "approvedValueMinor", commission: "openMinor" | "approvedMinor") => ({
    values: amounts(rows, "currency", (row) => row[value]),
    commissions: amounts(rows, "settlementCurrency", (row) => row[commission]),
  });
  return {
    states: [
      { validation: "open", count: count(rows, (row) => row.openCount), ...sums("openValueMinor", "openMinor") },
      { validation: "approved", count: count(rows, (row) => row.approvedCount), ...sums("approvedValueMinor", "approvedMinor") },
      { validation: "declined", count: count(rows, (row) => row.declinedCount), values: [], commissions: [] },
    ],
    days: daySeries(rows),
    unpriced: await unpricedCounts(tx, org),
  };
}

function daySeries(rows: readonly MoneyDayRow[]): Summary["days"] {
  const byDay = new Map<LocalDate, MoneyDayRow[]>();
  for (const row of rows) if (row.day) byDay.set(row.day, [...(byDay.get(row.day) ?? []), row]);
  return [...byDay].map(([day, all]) => ({
    day,
    count: count(all, (row) => row.conversions),
    values: amounts(all, "currency", (row) => row.valueMinor),
    commissions: amounts(all, "settlementCurrency", (row) => row.openMinor + row.approvedMinor),
  }));
}

function count(rows: readonly MoneyDayRow[], read: (row: MoneyDayRow) => bigint): number {
  return Number(rows.reduce((sum, row) => sum + read(row), 0n));
}

/** Per currency, without those that come to nothing. */
function amounts(rows: readonly MoneyDayRow[], currency: "currency" | "settlementCurrency", read: (row: MoneyDayRow) => bigint): Money[] {
  const sums = new Map<Currency, bigint>();
  for (const row of rows) {
    const code = row[currency];
    if (code !== "") sums.set(code, (sums.get(code) ?? 0n) + read(row));
  }
  return [...sums].filter(([, minor]) => minor !== 0n).map(([code, minor]) => ({ currency: code, minor }));
}
