import { createHash } from "node:crypto";
import { type ContractVersionId, type ConversionId, canonicalJson, type Json, type OrgId, present } from "@biotop/kernel";
import { post } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import { publish } from "@biotop/platform/outbox";
import { bodyOf, changesOf, insertChanges, type StoredChange } from "../db/changes.ts";
import { lockConversions, updateConversions } from "../db/conversions.ts";
import { addDaySums } from "../db/day-sums.ts";
import { linesOf, saveLines } from "../db/lines.ts";
import { applyChange, type ChangeRefusal, type Loaded, needsGoods } from "../domain/apply-change.ts";
import type { Change } from "../domain/change.ts";
import type { Conversion, Pricing } from "../domain/conversion.ts";
import { dayDeltas, daySums } from "../domain/day-sums.ts";
import type { Line } from "../domain/line.ts";
import type { ConversionChanged } from "../events.ts";
import type { TransactionsDeps } from "../ports.ts";
import type { PricingVersion, VersionCache } from "./pricing-version.ts";
import { rules } from "./rules.ts";

/** One wish: a change to one stored conversion. */
export type ChangeCommand = {
  readonly conversion: ConversionId;
  readonly change: Change;
  readonly actor?: string | undefined;
  /** For `attribute`: who earns now, and under which sub-id it is counted. */
  readonly pricing?: Pricing | undefined;
  readonly sub1?: string | undefined;
};

export type ChangeOutcome =
  | { readonly kind: "changed"; readonly conversion: Conversion }
  | { readonly kind: "duplicate"; readonly conversion: Conversion }
  | { readonly kind: "refused"; readonly code: ChangeRefusal["kind"] | "change-id-reused" | "not-found"; readonly conversion?: Conversion };

type Work = {
  readonly before: Loaded;
  loaded: Loaded;
  readonly parties: Set<OrgId>;
  readonly stored: StoredChange[];
  readonly added: StoredChange[];
  readonly changed: Map<string, Line>;
  readonly entries: Parameters<typeof post>[1][number][];
};

/**
 * Applies changes to stored conversions, set-based and in the given order, in the caller's transaction. The same change id with the
 * same content has no second effect.
 */
export async function applyChanges(
  tx: Tx,
  deps: TransactionsDeps,
  versions: VersionCache,
  commands: readonly ChangeCommand[],
): Promise<readonly ChangeOutcome[]> {
  if (commands.length === 0) return [];
  const { works, versionOf } = await load(tx, versions, commands);
  const outcomes = commands.map((command): ChangeOutcome => {
    const work = works.get(command.conversion);
    return work ? applyOne(deps, work, command, versionOf) : { kind: "refused", code: "not-found" };
  });
  await save(
    tx,
    [...works.values()].filter((work) => work.added.length > 0),
  );
  return outcomes;
}

type VersionOf = (id: ContractVersionId) => PricingVersion;

async function load(
  tx: Tx,
  versions: VersionCache,
  commands: readonly ChangeCommand[],
): Promise<{ readonly works: ReadonlyMap<ConversionId, Work>; readonly versionOf: VersionOf }> {
  const ids = [...new Set(commands.map((command) => command.conversion))];
  const goods = new Set(commands.filter(({ change }) => needsGoods(change)).map(({ conversion }) => conversion));
  const conversions = await lockConversions(
    tx,
    ids,
    (row) => goods.has(row.id) || row.validation === "declined" || row.value_minor !== row.reported_minor,
  );
  const found = conversions.map(({ id }) => id);
  const changes = await changesOf(tx, found);
  const lines = await linesOf(tx, found);
  const pricings = [...conversions.map(({ pricing }) => pricing), ...commands.flatMap(({ pricing }) => (pricing ? [pricing] : []))];
  const versionOf = await versions.load(
    tx,
    pricings.flatMap((pricing) => (pricing.state === "priced" ? [pricing.by.contractVersion] : [])),
  );
  const works = new Map<ConversionId, Work>();
  for (const conversion of conversions) {
    const stored = [...(changes.get(conversion.id) ?? [])];
    const { pricing } = conversion;
    const loaded: Loaded = {
      conversion,
      changes: stored.map(({ change }) => change),
      lines: lines.get(conversion.id) ?? [],
      terms: pricing.state === "priced" ? versionOf(pricing.by.contractVersion).terms : undefined,
    };
    works.set(conversion.id, { before: loaded, loaded, parties: new Set(), stored, added: [], changed: new Map(), entries: [] });
  }
  return { works, versionOf };
}

function applyOne(deps: TransactionsDeps, work: Work, command: ChangeCommand, versionOf: VersionOf): ChangeOutcome {
  const { change } = command;
  const contentHash = hashOf(change);
  const known = work.stored.find((each) => each.change.changeId === change.changeId);
  if (known) {
    const { conversion } = work.loaded;
    return known.contentHash === contentHash
      ? { kind: "duplicate", conversion }
      : { kind: "refused", code: "change-id-reused", conversion };
  }
  const from = withPricing(work, command, versionOf);
  const applied = applyChange(rules, from, change, () => deps.ids.next("cml"));
  if (!applied.ok) return { kind: "refused", code: applied.error.kind, conversion: work.loaded.conversion };

  const { changedLines, entries, ...loaded } = applied.value;
  const stored = storedChange(work.loaded.conversion, loaded.conversion, command, contentHash);
  work.loaded = loaded;
  work.stored.push(stored);
  work.added.push(stored);
  work.entries.push(...entries);
  for (const line of changedLines) work.changed.set(line.id, line);
  return { kind: "changed", conversion: loaded.conversion };
}

/** An attribution brings its own pricing state; everything else keeps the one that was fixed. */
function withPricing(work: Work, { pricing, sub1 }: ChangeCommand, versionOf: VersionOf): Loaded {
  const { loaded } = work;
  if (!pricing) return loaded;
  const conversion = { ...loaded.conversion, pricing, sub1: sub1 ?? "" };
  if (pricing.state !== "priced") return { ...loaded, conversion, terms: undefined };
  const version = versionOf(pricing.by.contractVersion);
  for (const party of version.parties) work.parties.add(party);
  return { ...loaded, conversion, terms: version.terms };
}

function storedChange(before: Conversion, after: Conversion, command: ChangeCommand, contentHash: string): StoredChange {
  return {
    conversion: after.id,
    no: after.version,
    org: after.org,
    contentHash,
    actor: command.actor,
    currency: after.pricing.state === "priced" ? after.pricing.by.currency : after.report.currency,
    valueBeforeMinor: before.valueMinor,
    valueAfterMinor: after.valueMinor,
    costBeforeMinor: before.costMinor,
    costAfterMinor: after.costMinor,
    change: command.change,
  };
}

function hashOf(change: Change): string {
  const body = canonicalJson(bodyOf(change) as unknown as Json);
  return createHash("sha256").update(`${change.source}\n${body}`).digest("base64url");
}

async function save(tx: Tx, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return;
  await updateConversions(
    tx,
    works.map(({ loaded, parties }) => ({ conversion: loaded.conversion, parties: [...parties] })),
  );
  await insertChanges(
    tx,
    works.flatMap(({ added }) => added),
  );
  await saveLines(
    tx,
    works.flatMap(({ loaded: { conversion }, changed }) =>
      [...changed.values()].map((line) => ({
        conversion: conversion.id,
        programme: conversion.report.programme,
        occurredAt: conversion.report.occurredAt,
        line,
      })),
    ),
  );
  await addDaySums(
    tx,
    works.flatMap(({ before, loaded }) => dayDeltas(daySums(before.conversion, before.lines), daySums(loaded.conversion, loaded.lines))),
  );
  await post(
    tx,
    works.flatMap(({ entries }) => entries),
  );
  await publish(tx, ...works.flatMap(changedEvents));
}

function changedEvents({ loaded: { conversion }, added }: Work): readonly ConversionChanged[] {
  const { id, org, report, pricing, validation } = conversion;
  const partner = pricing.state === "priced" ? pricing.by.partner : null;
  const last = present(added.at(-1), "a changed conversion has a change");
  return [
    {
      type: "conversion.changed",
      conversionId: id,
      programmeId: report.programme,
      merchant: org,
      partner,
      op: last.change.op,
      validation,
    },
  ];
}
