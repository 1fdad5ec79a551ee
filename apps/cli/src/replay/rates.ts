import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";

/** ECB reference rates of one currency by day, as published: units of the currency for one euro. */
export type RateTable = ReadonlyMap<string, { readonly numerator: bigint; readonly denominator: bigint }>;

/** Reads the ECB's history file (CSV, optionally gzipped): first column Date, `N/A` where there is no rate. */
export async function readRateTable(path: string, currency: string): Promise<RateTable> {
  const raw = createReadStream(path);
  const text = path.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
  const parser = text.pipe(parse({ columns: true, relax_column_count: true }));
  const table = new Map<string, { numerator: bigint; denominator: bigint }>();
  for await (const record of parser as AsyncIterable<Record<string, string>>) {
    const decimal = record[currency];
    const date = record["Date"];
    if (!date || !decimal || !/^\d+(\.\d+)?$/.test(decimal)) continue;
    const [whole = "0", fraction = ""] = decimal.split(".");
    table.set(date, { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) });
  }
  return table;
}

/** The rate of the day, or of the last business day before it, at most ten days back. */
export function rateOn(table: RateTable, date: string): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  for (let back = 0; back <= 10; back += 1) {
    const day = new Date(Date.parse(`${date}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);
    const rate = table.get(day);
    if (rate) return rate;
  }
  return undefined;
}
