import { type ContractVersion, contractsInForce, type InForceQuestion, type Terms, versionsByIds } from "@biotop/contracts";
import { type ContractId, type ContractVersionId, type Instant, type OrgId, type ProgrammeId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

/** A contract version as pricing needs it: immutable, so that it may be kept in memory. */
export type PricingVersion = {
  readonly id: ContractVersionId;
  readonly contract: ContractId;
  readonly no: number;
  readonly terms: Terms;
  readonly payer: OrgId;
  readonly earner: OrgId;
  /** Every party, and all payees of splits. */
  readonly parties: readonly OrgId[];
};

function pricingVersion({ id, contractId, no, terms, payer, earner, parties }: ContractVersion): PricingVersion {
  const all = new Set([payer, earner, ...parties.map((party) => party.org), ...terms.splits.map((split) => split.payee)]);
  return { id, contract: contractId, no, terms, payer, earner, parties: [...all] };
}

/** A click and an order: which contract covers the two. */
export type CoverAsked = {
  readonly programme: ProgrammeId;
  readonly earner: OrgId;
  readonly clickAt: Instant;
  readonly occurredAt: Instant;
};

export type Cover = {
  /** The version that prices an order after a click, by the contract's own rule; `undefined` = no contract covers it. */
  readonly of: (asked: CoverAsked) => PricingVersion | undefined;
  readonly version: (id: ContractVersionId) => PricingVersion | undefined;
};

/** The contracts of all clicks and orders of a batch, in one look-up. */
export async function loadCover(tx: Tx, asked: readonly CoverAsked[]): Promise<Cover> {
  const questions = new Map<string, InForceQuestion>();
  for (const { programme, earner, clickAt, occurredAt } of asked)
    for (const at of [clickAt, occurredAt]) questions.set(questionKey(programme, earner, at), { programme, earner, at });
  const answers = await contractsInForce(tx, [...questions.values()]);
  const byId = new Map<ContractVersionId, PricingVersion>();
  const byQuestion = new Map<string, PricingVersion>();
  for (const [index, key] of [...questions.keys()].entries()) {
    const answer = answers[index];
    if (!answer) continue;
    const version = byId.get(answer.id) ?? pricingVersion(answer);
    byId.set(answer.id, version);
    byQuestion.set(key, version);
  }
  const inForce = (each: CoverAsked, at: Instant) => byQuestion.get(questionKey(each.programme, each.earner, at));
  return {
    version: (id) => byId.get(id),
    of: (each) => ruling(inForce(each, each.occurredAt), inForce(each, each.clickAt)),
  };
}

/** `rateLock: conversion` takes the version in force at the order, `click` the one at the click. */
function ruling(atOrder: PricingVersion | undefined, atClick: PricingVersion | undefined): PricingVersion | undefined {
  if (atOrder?.terms.rateLock === "conversion") return atOrder;
  return atClick?.terms.rateLock === "click" ? atClick : undefined;
}

function questionKey(programme: ProgrammeId, earner: OrgId, at: Instant): string {
  return `${programme} ${earner} ${at}`;
}

const versionsMax = 5_000;

/** Contract versions never change, so those that were read once are kept. */
export type VersionCache = {
  readonly load: (tx: Tx, ids: readonly ContractVersionId[]) => Promise<(id: ContractVersionId) => PricingVersion>;
};

export function createVersionCache(): VersionCache {
  const kept = new Map<ContractVersionId, PricingVersion>();
  return {
    async load(tx, ids) {
      if (kept.size > versionsMax) kept.clear();
      const missing = [...new Set(ids)].filter((id) => !kept.has(id));
      if (missing.length > 0) for (const version of await versionsByIds(tx, missing)) kept.set(version.id, pricingVersion(version));
      return (id) => present(kept.get(id), "a signed contract version stays readable");
    },
  };
}
