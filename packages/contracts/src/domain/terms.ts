import type { Currency, LocalText, OrgId, Ppm, TimeZone } from "@biotop/kernel";
import type { Condition } from "./condition.ts";

/** The money terms of a contract: what the wire calls `DealTerms`. Plain data; every reader and the evaluator see the same. */
export type Terms = {
  readonly version: 1;
  /** Settlement currency: what commissions are counted and paid in. */
  readonly currency: Currency;
  readonly timeZone: TimeZone;
  readonly conversionTypes: readonly ConversionType[];
  readonly splits: readonly Split[];
  readonly attribution: { readonly model: "last-click"; readonly clickWindowDays: number };
  readonly validation: {
    readonly days: number;
    readonly onDeadline: "approve" | "decline";
    readonly declineReasons: readonly string[];
  };
  readonly rateLock: "conversion" | "click";
  readonly exchange: { readonly dateRule: "conversion" };
  readonly payment: { readonly cycle: "monthly"; readonly thresholdMinor: bigint; readonly mode: "direct" };
  readonly selfBilling: { readonly agreed: boolean };
  readonly notes: string;
};

export type Level = "item" | "order";

export type ConversionType = {
  readonly event: string;
  readonly level: Level;
  /** The first rule that matches wins. */
  readonly rules: readonly Rule[];
  readonly otherwise: Pay;
};

export type Rule = { readonly id: string; readonly label: LocalText; readonly when: Condition; readonly pay: Pay };

export type Pay =
  | { readonly kind: "percent"; readonly ppm: Ppm }
  | { readonly kind: "fixed"; readonly minor: bigint }
  | { readonly kind: "none" };

export type Split = { readonly id: string; readonly payee: OrgId } & (
  | { readonly kind: "on-top-of-commission"; readonly ppm: Ppm }
  | { readonly kind: "inside-commission"; readonly ppm: Ppm }
  | { readonly kind: "of-base"; readonly ppm: Ppm }
  | { readonly kind: "fixed"; readonly minor: bigint }
);

/** The id that a line names when no rule matched. */
export const otherwiseRuleId = "otherwise";
