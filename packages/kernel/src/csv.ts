/**
 * RFC 4180 text with a byte order mark, so that spreadsheets read it as UTF-8. A cell that a spreadsheet would run as a
 * formula gets an apostrophe in front; plain numbers stay numbers.
 */
export function csvText(rows: readonly (readonly string[])[], separator: "," | ";"): string {
  const lines = rows.map((row) => row.map((cell) => quoted(guarded(cell), separator)).join(separator));
  return `\ufeff${lines.map((line) => `${line}\r\n`).join("")}`;
}

function guarded(cell: string): string {
  const mayBeFormula = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+([.,]\d+)*$/.test(cell);
  return mayBeFormula ? `'${cell}` : cell;
}

function quoted(cell: string, separator: string): string {
  const needsQuotes = cell.includes(separator) || /["\r\n]/.test(cell) || cell !== cell.trim();
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
