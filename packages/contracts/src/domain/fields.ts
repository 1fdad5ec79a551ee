import type { LocalText } from "@biotop/kernel";
import type { Field, Operator } from "./condition.ts";
import type { Level } from "./terms.ts";

/** What a reader, a form and the static check need to know about a field. */
export type FieldDefinition = {
  readonly field: Field;
  readonly label: LocalText;
  readonly type: "text" | "choice" | "list" | "amount";
  readonly ops: readonly Operator[];
  /** For choices: the only values there are. */
  readonly choices: readonly { readonly value: string; readonly label: LocalText }[];
  /** What a value must look like, where not every text is one. */
  readonly pattern: RegExp | undefined;
  /** Fields of a position have no value at order level. */
  readonly levels: readonly Level[];
};

const both = ["item", "order"] as const;
const itemText = { type: "text", ops: ["eq", "in", "prefix", "exists"], choices: [], pattern: undefined, levels: ["item"] } as const;

/** Every field, one entry each; the compiler asks for the missing ones. */
export const fieldDefinitions: Readonly<Record<Field, FieldDefinition>> = {
  itemGroup: { field: "itemGroup", label: { de: "Warengruppe", en: "item group" }, ...itemText },
  sku: { field: "sku", label: { de: "Artikelnummer", en: "article number" }, ...itemText },
  category: { field: "category", label: { de: "Kategorie", en: "category" }, ...itemText },
  customerStatus: {
    field: "customerStatus",
    label: { de: "Kunde", en: "customer" },
    type: "choice",
    ops: ["eq", "in", "exists"],
    choices: [
      { value: "new", label: { de: "Neukunde", en: "new customer" } },
      { value: "existing", label: { de: "Bestandskunde", en: "existing customer" } },
    ],
    pattern: undefined,
    levels: both,
  },
  voucher: {
    field: "voucher",
    label: { de: "Gutscheincode", en: "voucher code" },
    type: "list",
    ops: ["eq", "in", "prefix", "exists"],
    choices: [],
    pattern: undefined,
    levels: both,
  },
  basketMinor: {
    field: "basketMinor",
    label: { de: "Warenkorb (netto)", en: "basket (net)" },
    type: "amount",
    ops: ["range"],
    choices: [],
    pattern: undefined,
    levels: both,
  },
  country: {
    field: "country",
    label: { de: "Land", en: "country" },
    type: "text",
    ops: ["eq", "in", "exists"],
    choices: [],
    pattern: /^[A-Z]{2}$/,
    levels: both,
  },
};

/** The reasons that a merchant may decline a conversion for; terms list which of them are allowed. */
export const declineReasons: Readonly<Record<string, LocalText>> = {
  cancelled: { de: "storniert", en: "cancelled" },
  returned: { de: "zurückgegeben", en: "returned" },
  "payment-failed": { de: "nicht bezahlt", en: "payment failed" },
  duplicate: { de: "doppelt gemeldet", en: "reported twice" },
  "out-of-stock": { de: "nicht lieferbar", en: "out of stock" },
  fraud: { de: "Betrug", en: "fraud" },
  breach: { de: "Vertragsverstoß", en: "breach of contract" },
  "test-order": { de: "Testbestellung", en: "test order" },
  other: { de: "anderer Grund", en: "other reason" },
};
