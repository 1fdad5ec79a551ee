import { paidByDay } from "@biotop/billing/queries";
import { contractsOfOrg } from "@biotop/contracts/queries";
import type { Currency, LocalDate, OrgId, ProgrammeId, TimeZone } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { clickCounts } from "@biotop/tracking/queries";
import { type MoneyDayDimension, type MoneyDayRow, moneyDays } from "@biotop/transactions/queries";
import type { Dimension } from "../domain/dimensions.ts";
import { addFacts, type Facts, noFacts, type Sums } from "../domain/facts.ts";

export type FactsAsked = {
  readonly org: OrgId;
  readonly by: Dimension;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly timeZone: TimeZone;
  readonly partner?: OrgId | undefined;
  readonly programme?: ProgrammeId | undefined;
  readonly sub1?: string | undefined;
};

/** Facts by the key of one dimension, from the daily sums of the contexts; in a transaction of the organisation. */
export async function gatherFacts(tx: Tx, asked: FactsAsked): Promise<ReadonlyMap<string, Facts>> {
  const facts = new Map<string, Facts>();
  const add = (key: string, more: Partial<Facts>) => facts.set(key, addFacts(facts.get(key) ?? noFacts, more));

  for (const { key, clicks } of await clickCounts(tx, asked)) add(key, { clicks });
  for (const row of await moneyRows(tx, asked)) add(keyOf(row, asked.by), moneyFacts(row));
  for (const { key, more } of await paidFacts(tx, asked)) add(key, more);
  return facts;
}

async function moneyRows(tx: Tx, asked: FactsAsked): Promise<readonly MoneyDayRow[]> {
  const isFiltered = asked.sub1 !== undefined && asked.by !== "sub1";
  const by: readonly MoneyDayDimension[] = isFiltered ? [asked.by, "sub1"] : [asked.by];
  const rows = await moneyDays(tx, asked.org, asked, by);
  return asked.sub1 === undefined ? rows : rows.filter((row) => row.sub1 === asked.sub1);
}

function keyOf(row: MoneyDayRow, by: Dimension): string {
  return row[by] ?? "";
}

function moneyFacts(row: MoneyDayRow): Partial<Facts> {
  return {
    conversions: row.conversions,
    declined: row.declinedCount,
    value: sums(row.currency, row.valueMinor),
    open: sums(row.settlementCurrency, row.openMinor),
    approved: sums(row.settlementCurrency, row.approvedMinor),
  };
}

function sums(currency: Currency | "", minor: bigint): Sums {
  return currency === "" || minor === 0n ? new Map() : new Map([[currency, minor]]);
}

/** Payments stand on documents: they know contract and payee, but no sub-id. */
async function paidFacts(tx: Tx, asked: FactsAsked): Promise<readonly { readonly key: string; readonly more: Partial<Facts> }[]> {
  if (asked.by === "sub1" || asked.sub1 !== undefined) return [];
  const paid = await paidByDay(tx, asked);
  if (paid.length === 0) return [];
  const contracts = new Map((await contractsOfOrg(tx, asked.org)).map((contract) => [contract.id, contract]));
  return paid.flatMap((each) => {
    const contract = contracts.get(each.contract);
    const partner = contract?.earner ?? each.payee;
    const programme = contract?.programme ?? "";
    if (asked.partner && asked.partner !== partner) return [];
    if (asked.programme && asked.programme !== programme) return [];
    const key = { day: each.day, partner, programme }[asked.by as "day" | "partner" | "programme"];
    return [{ key, more: { paid: new Map([[each.currency, each.netMinor]]) } }];
  });
}
