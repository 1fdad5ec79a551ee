import type { Position } from "@biotop/contracts";
import {
  assert,
  type ContractId,
  type ContractVersionId,
  type ConversionId,
  type Currency,
  type Instant,
  type LocalDate,
  type OrgId,
  type ProgrammeId,
  present,
  type Rate,
} from "@biotop/kernel";
import type { Conversion, Pricing, Validation } from "../domain/conversion.ts";

/** A row of transactions.conversion. */
export type ConversionDbRow = {
  readonly id: ConversionId;
  readonly org_id: OrgId;
  readonly programme_id: ProgrammeId;
  readonly order_id: string;
  readonly event: string;
  readonly category: string;
  readonly receipt: string;
  readonly content_hash: string;
  readonly occurred_at: Instant;
  readonly received_at: Instant;
  readonly day: LocalDate;
  readonly currency: Currency;
  readonly reported_minor: bigint;
  readonly value_minor: bigint;
  readonly customer_status: "new" | "existing" | null;
  readonly vouchers: readonly string[];
  readonly country: string | null;
  readonly click_ids: readonly string[];
  readonly reported_status: "open" | "approved" | "declined";
  readonly pricing: Pricing["state"];
  readonly pricing_reason: string | null;
  readonly validation: Validation;
  readonly reason: string | null;
  readonly deadline_at: Instant | null;
  readonly version: number;
  readonly partner_id: OrgId | null;
  readonly sub1: string;
  readonly payer_org: OrgId | null;
  readonly contract_id: ContractId | null;
  readonly contract_version_id: ContractVersionId | null;
  readonly settlement_currency: Currency | null;
  readonly cost_minor: bigint;
  readonly rate: string | null;
  readonly rate_date: LocalDate | null;
};

export const conversionColumns = `c.id, c.org_id, c.programme_id, c.order_id, c.event, c.category, c.receipt, c.content_hash, c.occurred_at,
  c.received_at, c.day, c.currency, c.reported_minor, c.value_minor, c.customer_status, c.vouchers, c.country, c.click_ids,
  c.reported_status, c.pricing, c.pricing_reason, c.validation, c.reason, c.deadline_at, c.version, c.partner_id, c.sub1, c.payer_org,
  c.contract_id, c.contract_version_id, c.settlement_currency, c.cost_minor, c.rate, c.rate_date`;

export function conversionOf(row: ConversionDbRow, positions: readonly Position[]): Conversion {
  return {
    id: row.id,
    org: row.org_id,
    receipt: row.receipt,
    receivedAt: row.received_at,
    day: row.day,
    sub1: row.sub1,
    report: {
      programme: row.programme_id,
      orderId: row.order_id,
      event: row.event,
      category: row.category,
      occurredAt: row.occurred_at,
      currency: row.currency,
      netMinor: row.reported_minor,
      positions,
      vouchers: row.vouchers,
      customerStatus: row.customer_status ?? undefined,
      country: row.country ?? undefined,
      clickIds: row.click_ids,
      status: row.reported_status,
      isTest: row.pricing === "test",
    },
    version: row.version,
    valueMinor: row.value_minor,
    costMinor: row.cost_minor,
    validation: row.validation,
    reason: row.reason ?? undefined,
    deadline: row.deadline_at ?? undefined,
    pricing: pricingOf(row),
  };
}

function pricingOf(row: ConversionDbRow): Pricing {
  switch (row.pricing) {
    case "waiting":
    case "unattributed":
      return { state: row.pricing, reason: row.pricing_reason ?? "unknown" };
    case "test":
      return { state: "test" };
    case "priced": {
      const { partner_id: partner, payer_org: payer, contract_id: contract, contract_version_id: contractVersion } = row;
      assert(partner !== null && payer !== null && contract !== null && contractVersion !== null, "a priced conversion names its contract");
      return {
        state: "priced",
        by: {
          partner,
          payer,
          contract,
          contractVersion,
          currency: present(row.settlement_currency, "a priced conversion has a settlement currency"),
          rate: rateOf(row.rate ?? "1/1"),
          rateDate: row.rate_date ?? undefined,
        },
      };
    }
    default:
      return row.pricing satisfies never;
  }
}

export function rateText({ numerator, denominator }: Rate): string {
  return `${numerator}/${denominator}`;
}

function rateOf(text: string): Rate {
  const [numerator = "", denominator = ""] = text.split("/");
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}
