import {
  type ApiKeyId,
  type CommissionLineId,
  type Currency,
  currency,
  type DocumentId,
  type Instant,
  instant,
  type OrgId,
  plusMs,
  type UserId,
} from "@biotop/kernel";
import { post, raise } from "@biotop/ledger";
import type { BusinessClock } from "@biotop/platform/clock";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { ContextModule } from "@biotop/platform/module";
import { openTestStore, type TestStore, testClock, testIds } from "@biotop/testing";
import type { Scope } from "@biotop/wire";
import { createBillingModule } from "../src/module.ts";
import { planMonthEnds } from "../src/usecases/close-month.ts";
import type { BillingDeps } from "../src/usecases/deps.ts";

export const merchant: OrgId = "org_00merchant";
export const german: OrgId = "org_00german";
export const small: OrgId = "org_00small";
export const austrian: OrgId = "org_00austrian";
export const swiss: OrgId = "org_00swiss";
export const agency: OrgId = "org_00agency";

export type FinanceFloor = {
  readonly store: TestStore;
  readonly clock: BusinessClock;
  readonly deps: BillingDeps;
  readonly module: ContextModule;
  /** An approved commission line of a sale; negative amounts correct an earlier line. */
  readonly line: (of: LineOf) => Promise<CommissionLineId>;
  /** Moves business time through everything that is due, in its order. */
  readonly passTo: (at: string) => Promise<void>;
  readonly system: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

export type LineOf = {
  readonly payee: OrgId;
  readonly minor: bigint;
  readonly at: string;
  readonly kind?: string;
  readonly currency?: string;
  readonly corrects?: CommissionLineId;
};

const scopes: ReadonlySet<Scope> = new Set(["billing:read", "billing:write", "payouts:approve"]);

export function person(org: OrgId, user: UserId, isFresh = false): Actor {
  return { kind: "user", user, org, scopes, isFresh };
}

/** A key, and the person who created it; without one it is a key of the command line. */
export function apiKey(org: OrgId, key: ApiKeyId, createdBy?: UserId): Actor {
  return { kind: "key", key, org, scopes, ...(createdBy ? { createdBy } : {}) };
}

/** A merchant with partners of every tax situation over a real store. */
export async function openFinanceFloor(start = "2010-12-01T08:00:00Z"): Promise<FinanceFloor> {
  const store = await openTestStore();
  const clock = testClock(start);
  const ids = testIds();
  const deps: BillingDeps = { db: store.db, clock, ids };
  const module = createBillingModule(deps);
  const system: FinanceFloor["system"] = (work) => store.db.inTransaction("system", work);
  await system((tx) => furnish(tx, clock.now()));
  return {
    store,
    clock,
    deps,
    module,
    system,
    line: (of) => system((tx) => addLine(tx, ids.next("cml"), ids.next("cnv"), of)),
    passTo: (at) => passTo(deps, clock, module, instant(at)),
    close: () => store.close(),
  };
}

async function passTo(deps: BillingDeps, clock: BusinessClock, module: ContextModule, to: Instant): Promise<void> {
  for (;;) {
    const next = await deps.db.inTransaction("system", async (tx) => {
      const times = [];
      for (const source of module.due) times.push({ source, at: await source.nextDue(tx) });
      return times.sort((a, b) => ((a.at ?? "z") < (b.at ?? "z") ? -1 : 1))[0];
    });
    if (!next?.at || next.at > to) break;
    clock.set(next.at);
    await next.source.runDue(next.at);
  }
  clock.set(to);
}

const parties = [
  { org: merchant, name: "Gartenlust GmbH", country: "DE", status: "regular", vatId: "DE136695976", taxNumber: null },
  { org: german, name: "Blühende Seiten UG", country: "DE", status: "regular", vatId: null, taxNumber: "215/5811/8163" },
  { org: small, name: "Ärmel & Ösen", country: "DE", status: "small-business", vatId: null, taxNumber: "11/815/08155" },
  { org: austrian, name: "Alpenblick e.U.", country: "AT", status: "foreign-business", vatId: "ATU12345675", taxNumber: null },
  { org: swiss, name: "Züri AG", country: "CH", status: "foreign-business", vatId: "CHE116281710MWST", taxNumber: null },
  { org: agency, name: "Agentur Nord", country: "DE", status: "regular", vatId: null, taxNumber: "27/111/22222" },
] as const;

async function furnish(tx: Tx, at: Instant): Promise<void> {
  for (const { org, name, country, status, vatId, taxNumber } of parties) {
    await tx.query(
      `insert into directory.organisation (id, name, country, language, time_zone, member_count, created_at)
       values ($1, $2, $3, 'de', 'Europe/Berlin', 2, $4)`,
      [org, name, country, at],
    );
    await tx.query(
      `insert into directory.legal_entity (org_id, legal_name, street, postal_code, city, country, vat_status, vat_id, tax_number, changed_at)
       values ($1, $2, 'Hauptstraße 1', '10115', 'Berlin', $3, $4, $5, $6, $7)`,
      [org, name, country, status, vatId, taxNumber, at],
    );
    await giveAccount(tx, org, currency("EUR"), at);
    if (org !== merchant) await contract(tx, org, currency("EUR"), at);
  }
}

/** Changed long ago, unless said otherwise. */
export async function giveAccount(tx: Tx, org: OrgId, code: Currency, at: Instant, iban = "DE89370400440532013000"): Promise<void> {
  await tx.query(
    `insert into directory.bank_account (org_id, currency, holder, iban, changed_at) values ($1, $2, $1, $3, $4)
     on conflict (org_id, currency) do update set iban = excluded.iban, changed_at = excluded.changed_at`,
    [org, code, iban, at],
  );
}

/** A concluded contract between the merchant and a payee, as contracts stores it. */
export async function contract(tx: Tx, payee: OrgId, code: Currency, at: Instant, thresholdMinor = 0n): Promise<void> {
  const suffix = `${payee.slice(4)}${code.toLowerCase()}`;
  const terms = {
    version: 1,
    currency: code,
    timeZone: "Europe/Berlin",
    conversionTypes: [{ event: "sale", level: "order", rules: [], otherwise: { kind: "percent", ppm: "75000" } }],
    splits: [],
    attribution: { model: "last-click", clickWindowDays: 30 },
    validation: { days: 30, onDeadline: "approve", declineReasons: ["cancelled"] },
    rateLock: "conversion",
    exchange: { dateRule: "conversion" },
    payment: { cycle: "monthly", thresholdMinor: thresholdMinor.toString(), mode: "direct" },
    selfBilling: { agreed: true },
    notes: "",
  };
  const hash = Buffer.from(suffix).toString("hex").padEnd(64, "0").slice(0, 64);
  const both = [merchant, payee];
  const roles = JSON.stringify([
    { org: merchant, roles: ["payer"], signatory: true },
    { org: payee, roles: ["earner"], signatory: true },
  ]);
  const text = JSON.stringify(terms);
  await tx.query(
    `insert into contracts.programme (id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at)
     values ($1, $2, 'Gartenlust', 'https://shop.example/', '{shop.example}', $3, 'Europe/Berlin', 'strict', 'active', $4)`,
    [`prg_${suffix}`, merchant, code, at],
  );
  await tx.query(
    `insert into contracts.proposal (id, kind, programme_id, merchant_id, opened_by, opened_at, changed_at, state, turn, reason,
       contract_id, party_ids, turn_of) values ($1, 'partnership', $2, $3, $3, $4, $4, 'accepted', 1, '', $5, $6, '{}')`,
    [`prp_${suffix}`, `prg_${suffix}`, merchant, at, `ctr_${suffix}`, both],
  );
  await tx.query(
    `insert into contracts.turn (proposal_id, no, by_org, at, message, terms, parties, effective, document, hash, party_ids)
     values ($1, 1, $2, $3, '', $4, $5, '{"rule":"on-conclusion"}', '{}', $6, $7)`,
    [`prp_${suffix}`, merchant, at, text, roles, hash, both],
  );
  await tx.query(
    `insert into contracts.contract (id, kind, programme_id, payer_id, earner_id, created_at, party_ids)
     values ($1, 'partnership', $2, $3, $4, $5, $6)`,
    [`ctr_${suffix}`, `prg_${suffix}`, merchant, payee, at, both],
  );
  await tx.query(
    `insert into contracts.version (id, contract_id, no, proposal_id, turn_no, parties, terms, document, hash, concluded_at, effective_from,
       party_ids) values ($1, $2, 1, $3, 1, $4, $5, '{}', $6, $7, $7, $8)`,
    [`cvn_${suffix}`, `ctr_${suffix}`, `prp_${suffix}`, roles, text, hash, at, both],
  );
  await planMonthEnds(tx, { payer: merchant, version: `cvn_${suffix}`, from: at });
}

/** A line as transactions leaves it after the merchant's yes, with its journal. */
async function addLine(tx: Tx, id: CommissionLineId, conversion: string, of: LineOf): Promise<CommissionLineId> {
  const code = currency(of.currency ?? "EUR");
  const suffix = `${of.payee.slice(4)}${code.toLowerCase()}`;
  const at = instant(of.at);
  await tx.query(
    `insert into transactions.conversion (id, org_id, programme_id, order_id, event, category, receipt, content_hash, occurred_at,
       received_at, day, currency, reported_minor, value_minor, vouchers, click_ids, reported_status, pricing, validation, version,
       partner_id, payer_org, contract_id, contract_version_id, settlement_currency, parties)
     values ($1, $2, $3, $1, 'sale', '', $1, '', $4, $4, ($4::timestamptz)::date, $5, 100, 100, '{}', '{}', 'approved', 'priced',
       'approved', 1, $6, $2, $7, $8, $5, array[$2, $6])`,
    [conversion, merchant, `prg_${suffix}`, at, code, of.payee, `ctr_${suffix}`, `cvn_${suffix}`],
  );
  await tx.query(
    `insert into transactions.commission_line (id, conversion_id, programme_id, partner_id, payer_org, payee_org, contract_id,
       contract_version_id, kind, no, currency, amount_minor, stage, billable_at, settlement, corrects, occurred_at, trace)
     values ($1, $2, $3, $4, $5, $4, $6, $7, $8, $9, $10, $11, 'approved', $12, 'unbilled', $13, $12, '{"of":"withdrawn","reason":"x"}')`,
    [
      ...[id, conversion, `prg_${suffix}`, of.payee, merchant, `ctr_${suffix}`, `cvn_${suffix}`, of.kind ?? "commission"],
      ...[of.corrects ? 2 : 1, code, of.minor, at, of.corrects ?? null],
    ],
  );
  const claim = { payer: merchant, payee: of.payee, currency: code };
  const postings = raise(claim, "approved", of.minor);
  if (postings.length > 0)
    await post(tx, [{ idempotencyKey: `test/${id}`, cause: { kind: "approve", ref: conversion }, effectiveAt: at, postings }]);
  return id;
}

export type DocumentFact = {
  readonly id: DocumentId;
  readonly number: string;
  readonly supplier: OrgId;
  readonly net: bigint;
  readonly vat: bigint;
  readonly settlement: string;
};

export async function documentsOf(floor: FinanceFloor): Promise<readonly DocumentFact[]> {
  const { rows } = await floor.system((tx) =>
    tx.query<DocumentFact>(
      `select id, number, supplier_org as supplier, net_minor as net, vat_minor as vat, settlement from billing.document order by number`,
    ),
  );
  return rows;
}

/** Every invariant of billing over the whole store; none may be broken. */
export async function brokenInvariants(floor: FinanceFloor): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { id, violations } of floor.module.invariants) broken.push(...(await floor.system(violations)).map((row) => `${id}: ${row}`));
  return broken;
}

export function hoursLater(at: Instant, hours: number): Instant {
  return plusMs(at, hours * 3_600_000);
}
