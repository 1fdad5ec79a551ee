import type { Id, Instant, OrgId } from "@biotop/kernel";

export type PropertyType = "content" | "cashback" | "voucher" | "price-comparison" | "creator" | "newsletter" | "app" | "search" | "other";

/** An ad space of a publisher: website, app, newsletter, channel. */
export type Property = {
  readonly id: Id<"ppt">;
  readonly org: OrgId;
  readonly name: string;
  readonly url: string;
  readonly type: PropertyType;
  readonly createdAt: Instant;
};
