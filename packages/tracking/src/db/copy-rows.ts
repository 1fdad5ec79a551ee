import { once } from "node:events";
import type { Tx } from "@biotop/platform/db";
import { from as copyFrom } from "pg-copy-streams";

type Value = string | boolean | null | undefined;

/** Sends rows through COPY in one write: the fastest way into a table, and the text format escapes every value. */
export async function copyRows(tx: Tx, into: string, rows: readonly (readonly Value[])[]): Promise<void> {
  const stream = tx.client.query(copyFrom(`copy ${into} from stdin`));
  const done = once(stream, "finish");
  stream.end(Buffer.from(rows.map(lineOf).join("")));
  await done;
}

function lineOf(row: readonly Value[]): string {
  return `${row.map(fieldOf).join("\t")}\n`;
}

function fieldOf(value: Value): string {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "boolean") return value ? "t" : "f";
  return /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : value;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
