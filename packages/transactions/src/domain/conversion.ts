import type { Position } from "@biotop/contracts";
import type { ContractId, ContractVersionId, ConversionId, Currency, Instant, LocalDate, OrgId, ProgrammeId, Rate } from "@biotop/kernel";

/** What the merchant says about a conversion. */
export type Validation = "open" | "approved" | "adjusted" | "declined" | "held";

/** Identity of a conversion: a repeat with the same content is harmless, with other content it is refused. */
export type ConversionKey = {
  readonly programme: ProgrammeId;
  readonly orderId: string;
  readonly event: string;
  /** Empty where the shop names none. */
  readonly category: string;
};

/** The facts as reported: never changed. */
export type Report = ConversionKey & {
  readonly occurredAt: Instant;
  readonly currency: Currency;
  readonly netMinor: bigint;
  readonly positions: readonly Position[];
  readonly vouchers: readonly string[];
  readonly customerStatus: "new" | "existing" | undefined;
  readonly country: string | undefined;
  readonly clickIds: readonly string[];
  readonly status: "open" | "approved" | "declined";
  readonly isTest: boolean;
};

/** Who pays whom by which immutable version, and at which rate: fixed with the first pricing. */
export type PricedBy = {
  readonly partner: OrgId;
  readonly payer: OrgId;
  readonly contract: ContractId;
  readonly contractVersion: ContractVersionId;
  readonly currency: Currency;
  readonly rate: Rate;
  readonly rateDate: LocalDate | undefined;
};

/** Where the pricing of a conversion stands. */
export type Pricing =
  | { readonly state: "waiting"; readonly reason: string }
  | { readonly state: "priced"; readonly by: PricedBy }
  | { readonly state: "unattributed"; readonly reason: string }
  | { readonly state: "test" };

/** A stored conversion as the pipeline loads it for a change. */
export type Conversion = {
  readonly id: ConversionId;
  readonly org: OrgId;
  readonly receipt: string;
  readonly receivedAt: Instant;
  readonly day: LocalDate;
  readonly sub1: string;
  readonly report: Report;
  readonly version: number;
  readonly valueMinor: bigint;
  readonly costMinor: bigint;
  readonly validation: Validation;
  readonly reason: string | undefined;
  readonly deadline: Instant | undefined;
  readonly pricing: Pricing;
};

export function keyText({ programme, orderId, event, category }: ConversionKey): string {
  return `${programme}\n${event}\n${category}\n${orderId}`;
}
