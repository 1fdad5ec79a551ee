import type { ContractId, ContractVersionId, Instant, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { orgsOf } from "../domain/agreement.ts";
import type { Terms } from "../domain/terms.ts";
import { type ContractVersion, versionsByIds, versionsOfContracts } from "./contracts.ts";

/** A version as pricing needs it; immutable but for `effectiveTo`, which the next version sets. */
export type PricingVersion = {
  readonly id: ContractVersionId;
  readonly contract: ContractId;
  readonly no: number;
  readonly programme: ProgrammeId;
  readonly terms: Terms;
  readonly payer: OrgId;
  readonly earner: OrgId;
  /** Every party; all payees of splits are among them. */
  readonly parties: readonly OrgId[];
  readonly effectiveFrom: Instant;
  readonly effectiveTo: Instant | undefined;
};

export type Pair = { readonly programme: ProgrammeId; readonly earner: OrgId };

/** All versions of the contracts of these pairs, oldest first. */
export async function pricingVersionsOfPairs(tx: Tx, pairs: readonly Pair[]): Promise<readonly PricingVersion[]> {
  const { rows } = await tx.query<{ id: ContractId }>(
    `select distinct c.id from unnest($1::text[], $2::text[]) q (programme, earner)
     join contracts.contract c on c.programme_id = q.programme and c.earner_id = q.earner`,
    [pairs.map((pair) => pair.programme), pairs.map((pair) => pair.earner)],
    "contracts-of-pairs",
  );
  if (rows.length === 0) return [];
  const versions = await versionsOfContracts(
    tx,
    rows.map((row) => row.id),
  );
  return versions.map(pricingVersion);
}

export async function pricingVersionsByIds(tx: Tx, ids: readonly ContractVersionId[]): Promise<readonly PricingVersion[]> {
  return (await versionsByIds(tx, ids)).map(pricingVersion);
}

function pricingVersion(version: ContractVersion): PricingVersion {
  const { id, contractId, no, programme, terms, payer, earner, parties, effectiveFrom, effectiveTo } = version;
  return { id, contract: contractId, no, programme, terms, payer, earner, parties: orgsOf(parties), effectiveFrom, effectiveTo };
}
