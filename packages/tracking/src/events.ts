import type { LinkId, OrgId, ProgrammeId } from "@biotop/kernel";

export type LinkCreated = {
  readonly type: "link.created";
  readonly linkId: LinkId;
  readonly programmeId: ProgrammeId;
  readonly partner: OrgId;
};
export type LinkChanged = {
  readonly type: "link.changed";
  readonly linkId: LinkId;
  readonly programmeId: ProgrammeId;
  readonly partner: OrgId;
};
export type TrackingEvent = LinkCreated | LinkChanged;
