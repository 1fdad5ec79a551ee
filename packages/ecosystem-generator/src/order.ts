import type { Instant } from "@biotop/kernel";

/** The item group that contracts pay nothing for: postage, fees, gift vouchers. */
export const noMerchandise = "no-merchandise";

export type ShopPosition = {
  readonly article: string;
  readonly name: string;
  readonly group: string;
  readonly quantity: number;
  readonly amountMinor: bigint;
};

export type ShopOrder = {
  readonly orderId: string;
  readonly occurredAt: Instant;
  /** The shop's calendar day. */
  readonly day: string;
  readonly customer: string | undefined;
  readonly isNewCustomer: boolean;
  readonly country: string;
  readonly positions: readonly ShopPosition[];
  readonly amountMinor: bigint;
};
