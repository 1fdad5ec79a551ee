import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";

/** One line of the file as it stands; `price` is a decimal text, never a float. */
export type FileLine = {
  readonly invoice: string;
  readonly article: string;
  readonly description: string;
  readonly quantity: number;
  /** Wall clock of the shop, `2010-12-01 08:26:00`, Europe/London. */
  readonly at: string;
  readonly price: string;
  readonly customer: string | undefined;
  readonly country: string;
};

export type FileInvoice = { readonly number: string; readonly lines: readonly FileLine[] };

const columns = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"] as const;

/** Reads the order file (CSV, optionally gzipped) into invoices in the order of their first line. */
export async function readOrderFile(path: string): Promise<readonly FileInvoice[]> {
  const raw = createReadStream(path);
  const text = path.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
  const parser = text.pipe(parse({ columns: true, relax_column_count: false }));
  const byNumber = new Map<string, FileLine[]>();
  let row = 1;
  for await (const record of parser as AsyncIterable<Record<string, string>>) {
    row += 1;
    const line = toLine(record, row);
    const lines = byNumber.get(line.invoice);
    if (lines) lines.push(line);
    else byNumber.set(line.invoice, [line]);
  }
  return [...byNumber].map(([number, lines]) => ({ number, lines }));
}

function toLine(record: Record<string, string>, row: number): FileLine {
  for (const column of columns) {
    if (record[column] === undefined) throw new Error(`row ${row}: column ${column} is missing`);
  }
  const quantity = Number(record["Quantity"]);
  if (!Number.isSafeInteger(quantity)) throw new Error(`row ${row}: Quantity is no whole number: ${record["Quantity"]}`);
  const price = record["UnitPrice"] ?? "";
  if (!/^-?\d+(\.\d+)?$/.test(price)) throw new Error(`row ${row}: UnitPrice is no decimal: ${price}`);
  const at = record["InvoiceDate"] ?? "";
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(at)) throw new Error(`row ${row}: InvoiceDate is no time: ${at}`);
  return {
    invoice: record["InvoiceNo"] ?? "",
    article: record["StockCode"] ?? "",
    description: (record["Description"] ?? "").trim(),
    quantity,
    at,
    price,
    customer: record["CustomerID"] ? record["CustomerID"].replace(/\.0$/, "") : undefined,
    country: record["Country"] ?? "",
  };
}

/** `price × quantity` in pence, rounded half away from zero: a few prices of the data set have three decimals. */
export function lineValueMinor(price: string, quantity: number): bigint {
  const sign = price.startsWith("-") ? -1n : 1n;
  const [whole = "0", fraction = ""] = price.replace("-", "").split(".");
  const scale = 10n ** BigInt(fraction.length);
  const scaled = BigInt(whole + fraction) * sign * BigInt(quantity) * 100n;
  const magnitude = scaled < 0n ? -scaled : scaled;
  const rounded = (2n * magnitude + scale) / (2n * scale);
  return scaled < 0n ? -rounded : rounded;
}
