import type { ApiKeyId, Id, Instant, Json, LinkId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { ClickId } from "./click-id.ts";
import type { SubIds } from "./sub-ids.ts";

export type DeviceClass = "desktop" | "mobile" | "tablet" | "unknown";

/** A click with the shopper's consent. `at` is business time, `receivedAt` the machine's. */
export type ClickRecord = {
  readonly kind: "click";
  readonly id: ClickId;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly link: LinkId;
  readonly programme: ProgrammeId;
  readonly partner: OrgId;
  readonly merchant: OrgId;
  /** Where the shopper was sent, without our own parameter. */
  readonly target: string;
  readonly subIds: SubIds;
  readonly partnerClickId?: string;
  readonly consent: "granted";
  /** The journey's random id, from the shopper's own cookie. */
  readonly visitor: string;
  readonly isBot: boolean;
  readonly botClass?: string;
  readonly referrerOrigin?: string;
  /** The asked deep link was not allowed: the shopper was sent to the link's own target. */
  readonly targetRefused?: true;
  readonly deviceClass: DeviceClass;
};

/** Why a click left no click record. */
export const countReasons = ["no-consent", "denied", "gpc", "unknown-link", "paused-link", "bot", "prefetch", "not-a-navigation"] as const;
export type CountReason = (typeof countReasons)[number];

/** A click that is only counted: no id, nothing personal. Link, programme and parties are absent where the link is unknown. */
export type CountRecord = {
  readonly kind: "count";
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly reason: CountReason;
  readonly link?: LinkId;
  readonly programme?: ProgrammeId;
  readonly partner?: OrgId;
  readonly merchant?: OrgId;
  /** The asked deep link was not allowed: the shopper was sent to the link's own target. */
  readonly targetRefused?: true;
};

/** A row of a server-to-server request that the edge acknowledged. */
export type ConversionRecord = {
  readonly kind: "conversion";
  /** The same row gets the same receipt: repeats are recognised by it. */
  readonly receipt: Id<"rcp">;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly org: OrgId;
  readonly key: ApiKeyId;
  readonly op: "report" | "change";
  /** The row in wire notation (`conversionRow` or `conversionChange`), defaults filled in. */
  readonly body: Json;
};

export type EdgeRecord = ClickRecord | CountRecord | ConversionRecord;
