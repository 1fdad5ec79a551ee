import { type ConversionId, canonicalJson, type Instant, type OrgId, type ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type AttributionRecord, insertRecords, newestRecords } from "../db/record-repository.ts";
import type { AttributionResult } from "../domain/attribution-model.ts";

export type NewAttribution = {
  readonly conversion: ConversionId;
  readonly programme: ProgrammeId;
  readonly merchant: OrgId;
  readonly result: AttributionResult;
  readonly at: Instant;
};

/**
 * Stores who earned each conversion and why. A conversion attributed again with the same explanation keeps its record; with
 * another one it gets the next version. Answers the record that now holds, per conversion; at most one row per conversion.
 */
export async function recordAttributions(
  tx: Tx,
  attributions: readonly NewAttribution[],
): Promise<ReadonlyMap<ConversionId, AttributionRecord>> {
  const before = await newestRecords(
    tx,
    attributions.map((each) => each.conversion),
  );
  const now = new Map(before);
  const added: AttributionRecord[] = [];
  for (const { conversion, programme, merchant, result, at } of attributions) {
    const known = before.get(conversion);
    if (known && canonicalJson(known.explanation) === canonicalJson(result.explanation)) continue;
    const version = (known?.version ?? 0) + 1;
    const { explanation, winner } = result;
    const record = { conversion, version, programme, merchant, winner, explanation, attributedAt: at };
    added.push(record);
    now.set(conversion, record);
  }
  await insertRecords(tx, added);
  return now;
}
