import type { ConversionId, OrgId, ProgrammeId } from "@biotop/kernel";

/** A reported conversion is stored; `partner` is null while nobody earns. */
export type ConversionRecorded = {
  readonly type: "conversion.recorded";
  readonly conversionId: ConversionId;
  readonly programmeId: ProgrammeId;
  readonly merchant: OrgId;
  readonly partner: OrgId | null;
  readonly pricing: "waiting" | "priced" | "unattributed";
};

/** A stored conversion was approved, declined, returned, changed or attributed again. */
export type ConversionChanged = {
  readonly type: "conversion.changed";
  readonly conversionId: ConversionId;
  readonly programmeId: ProgrammeId;
  readonly merchant: OrgId;
  readonly partner: OrgId | null;
  readonly op: string;
  readonly validation: string;
};

export type TransactionsEvent = ConversionRecorded | ConversionChanged;
