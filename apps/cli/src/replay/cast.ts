/**
 * Who takes part in the replay and what they agree on. Plain data of the client's own: the product learns it only through its
 * public interface, and the recomputation reads it without the product's pricing.
 */
export type Tax =
  | { readonly status: "regular"; readonly vatId?: string; readonly taxNumber?: string }
  | { readonly status: "small-business"; readonly taxNumber: string }
  | { readonly status: "foreign-business"; readonly registrationNumber: string }
  | { readonly status: "unknown" };

export type Company = {
  readonly slug: string;
  readonly name: string;
  readonly legalName: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly language: "de" | "en";
  readonly timeZone: string;
  readonly tax: Tax;
  readonly bank?: { readonly currency: string; readonly iban?: string; readonly accountText?: string };
  readonly capability: "sell" | "promote" | "manage";
};

export type Pay =
  | { readonly kind: "percent"; readonly ppm: bigint }
  | { readonly kind: "fixed"; readonly minor: bigint }
  | { readonly kind: "none" };

/** The conditions that the replay's contracts use; the product knows more. */
export type When = { readonly groups: readonly string[] } | { readonly customer: "new" | "existing" };

export type Split = {
  readonly id: string;
  readonly to: "agency";
  readonly kind: "on-top-of-commission" | "inside-commission" | "of-base";
  readonly ppm: bigint;
};

export type Deal = {
  readonly settlement: "EUR" | "GBP";
  readonly level: "item" | "order";
  readonly rules: readonly {
    readonly id: string;
    readonly label: { readonly de: string; readonly en: string };
    readonly when: When;
    readonly pay: Pay;
  }[];
  readonly otherwise: Pay;
  readonly splits: readonly Split[];
  readonly windowDays: number;
  readonly validationDays: number;
  readonly thresholdMinor: bigint;
};

export type Partner = Company & {
  readonly property: { readonly name: string; readonly url: string; readonly type: string };
  readonly weight: number;
  /** What the merchant offers first; the partner counters with `deal`. Absent: accepted as offered. */
  readonly firstOffer?: Deal;
  readonly deal: Deal;
};

export const contractZone = "Europe/Berlin";
export const noMerchandiseRule = {
  id: "no-merchandise",
  label: { de: "Versand, Gebühren, Gutscheine", en: "Postage, fees, vouchers" },
  when: { groups: ["no-merchandise"] },
  pay: { kind: "none" },
} as const;

export const merchant: Company = {
  slug: "albion",
  name: "Albion Geschenke",
  legalName: "Albion Geschenke GmbH",
  street: "Speicherstraße 12",
  postalCode: "20457",
  city: "Hamburg",
  country: "DE",
  language: "de",
  timeZone: "Europe/Berlin",
  tax: { status: "regular", vatId: "DE136695976", taxNumber: "48/123/45678" },
  bank: { currency: "EUR", iban: "DE89370400440532013000" },
  capability: "sell",
};

export const agency: Company = {
  slug: "nordlicht",
  name: "Nordlicht Performance",
  legalName: "Nordlicht Performance GmbH",
  street: "Elbchaussee 7",
  postalCode: "22765",
  city: "Hamburg",
  country: "DE",
  language: "de",
  timeZone: "Europe/Berlin",
  tax: { status: "regular", vatId: "DE115235681", taxNumber: "41/222/33344" },
  bank: { currency: "EUR", iban: "DE02120300000000202051" },
  capability: "manage",
};
