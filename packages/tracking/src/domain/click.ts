import type { Instant, LinkId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { ClickId, DeviceClass, SubIds } from "@biotop/tracking-protocol";

/** A stored click. */
export type Click = {
  readonly id: ClickId;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly link: LinkId;
  readonly programme: ProgrammeId;
  readonly partner: OrgId;
  readonly merchant: OrgId;
  readonly target: string;
  readonly subIds: SubIds;
  readonly partnerClickId: string | null;
  /** The journey's random id; ties a shopper's clicks on one merchant together and nothing else. Never leaves the store. */
  readonly visitor: string;
  readonly isBot: boolean;
  readonly botClass: string | null;
  readonly referrerOrigin: string | null;
  readonly deviceClass: DeviceClass;
};
