/**
 * Who takes part in generated life and what they agree on. Plain data: the product learns it only through its public interface,
 * and a recomputation reads it without the product's pricing.
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
  readonly capability: "sell" | "promote" | "manage" | "technology" | "services" | "network";
};

export type Pay =
  | { readonly kind: "percent"; readonly ppm: bigint }
  | { readonly kind: "fixed"; readonly minor: bigint }
  | { readonly kind: "none" };

/** The conditions that the replay's contracts use; the product knows more. */
export type When = { readonly groups: readonly string[] } | { readonly customer: "new" | "existing" };

export type Split = {
  readonly id: string;
  /** The slug of the company that gets it. */
  readonly to: string;
  readonly role: "agency" | "technology";
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
