import type { LocalDate } from "@biotop/kernel";

/** New reference rates are stored; amounts that waited for them can be priced. */
export type RatesImported = { readonly type: "rates.imported"; readonly newest: LocalDate; readonly added: number };
