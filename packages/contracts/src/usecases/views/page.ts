/** A page from one row more than asked for: the extra row says that there is a next page. */
export function pageOf<Row extends { readonly id: string }, View>(
  found: readonly Row[],
  limit: number,
  view: (row: Row) => View,
): { rows: View[]; next: string | null } {
  const rows = found.slice(0, limit);
  return { rows: rows.map(view), next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}
