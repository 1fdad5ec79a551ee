import {
  type ContractVersionId,
  canonicalJson,
  type Instant,
  instant,
  type Json,
  type OrgId,
  type ProgrammeId,
  plusMs,
} from "@biotop/kernel";
import { importRates } from "@biotop/ledger";
import { ledgerInvariants } from "@biotop/ledger/module";
import type { BusinessClock } from "@biotop/platform/clock";
import type { Tx } from "@biotop/platform/db";
import { createLog } from "@biotop/platform/log";
import { createDispatcher } from "@biotop/platform/outbox";
import { openTestStore, type TestStore, testClock, testIds } from "@biotop/testing";
import { storeClicks } from "@biotop/tracking";
import type { ClickId, ConversionRecord } from "@biotop/tracking-protocol";
import { createTransactionsModule, type TransactionsModule } from "../src/module.ts";

export const merchant: OrgId = "org_shop";
export const blog: OrgId = "org_blog";
export const cashback: OrgId = "org_cash";
export const agency: OrgId = "org_agency";
export const programme: ProgrammeId = "prg_shop";
export const startsAt = instant("2026-01-15T10:00:00Z");

/** One merchant, two partners, an agency on top of the first: enough for every way through. */
export type World = {
  readonly store: TestStore;
  readonly clock: BusinessClock;
  readonly module: TransactionsModule;
  readonly system: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly click: (
    name: string,
    by?: Partial<{ partner: OrgId; at: Instant; visitor: string; sub1: string; isBot: boolean }>,
  ) => Promise<string>;
  readonly report: (orderId: string, more?: Readonly<Record<string, Json>>) => ConversionRecord;
  readonly change: (orderId: string, changeId: string, op: Readonly<Record<string, Json>>, at?: Instant) => ConversionRecord;
  /** Receives and works off; answers the outcomes that this brought. */
  readonly send: (...records: readonly ConversionRecord[]) => Promise<readonly Record<string, unknown>[]>;
  readonly process: (loadedUpTo?: Instant) => Promise<number>;
  readonly outcomes: (afterPosition?: bigint) => Promise<readonly Record<string, unknown>[]>;
  readonly balance: (owner: OrgId, code: string) => Promise<bigint>;
  readonly violations: () => Promise<readonly string[]>;
  readonly tellNews: () => Promise<void>;
};

let receipts = 0;

export async function openWorld(): Promise<World> {
  const store = await openTestStore();
  const clock = testClock(startsAt);
  const module = createTransactionsModule({
    db: store.db,
    clock,
    realNow: clock.now,
    ids: testIds(),
    log: createLog({ level: "silent", name: "test" }),
    organisationNames: async (ids) => new Map(ids.map((id) => [id, `Name of ${id}`])),
  });
  const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.db.inTransaction("system", work);
  await system(async (tx) => {
    await insertProgramme(tx);
    await insertContract(tx, "blog", blog, blogTerms);
    await insertContract(tx, "cash", cashback, cashTerms);
    await importRates(tx, "Date,GBP,USD\n2026-01-16,0.8600,1.1600\n2026-01-15,0.8000,1.1500\n2026-01-14,0.8700,1.1400\n");
    await tx.query("delete from platform.outbox");
  });
  return { store, clock, module, system, ...acting(store, clock, module, system) };
}

type Acting = Omit<World, "store" | "clock" | "module" | "system">;

function acting(store: TestStore, clock: BusinessClock, module: TransactionsModule, system: World["system"]): Acting {
  const outcomes: World["outcomes"] = (after = 0n) =>
    system(async (tx) => (await tx.query("select * from transactions.outcome where position > $1 order by position", [after])).rows);
  const process: World["process"] = (loadedUpTo = plusMs(clock.now(), 1)) => module.pipeline.processPending({ loadedUpTo });
  const record = (op: "report" | "change", at: Instant, body: Json): ConversionRecord => {
    receipts += 1;
    return { kind: "conversion", receipt: `rcp_${receipts}`, at, receivedAt: clock.now(), org: merchant, key: "key_shop", op, body };
  };
  return {
    outcomes,
    process,
    click: (name, by = {}) =>
      system(async (tx) => {
        const id = name.padEnd(34, "0") as ClickId;
        const at = by.at ?? plusMs(clock.now(), -3_600_000);
        await storeClicks(tx, [
          {
            kind: "click",
            id,
            at,
            receivedAt: at,
            link: "lnk_1",
            programme,
            partner: by.partner ?? blog,
            merchant,
            target: "https://shop.example/",
            subIds: by.sub1 === undefined ? {} : { sub1: by.sub1 },
            consent: "granted",
            visitor: by.visitor ?? `visitor-${name}`,
            isBot: by.isBot ?? false,
            deviceClass: "desktop",
          },
        ]);
        return id;
      }),
    report: (orderId, more = {}) => record("report", clock.now(), reportBody(clock, orderId, more)),
    change: (orderId, changeId, op, at = clock.now()) =>
      record("change", at, { programme, orderId, event: "sale", occurredAt: at, changeId, ...op }),
    async send(...records) {
      const before = (await outcomes()).at(-1)?.["position"];
      await system((tx) => module.pipeline.receive(tx, records));
      await process();
      return outcomes(typeof before === "bigint" ? before : 0n);
    },
    balance: (owner, code) =>
      system(async (tx) => {
        const { rows } = await tx.query<{ sum: bigint }>(
          "select coalesce(sum(balance_minor), 0)::bigint as sum from ledger.account where owner_org = $1 and code = $2",
          [owner, code],
        );
        return rows[0]?.sum ?? 0n;
      }),
    violations: () =>
      system(async (tx) => {
        const found: string[] = [];
        for (const check of [...module.invariants, ...ledgerInvariants])
          for (const text of await check.violations(tx)) found.push(`${check.id}: ${text}`);
        return found;
      }),
    tellNews: async () => {
      await createDispatcher(store.db, module.subscriptions, () => undefined).drain();
    },
  };
}

function reportBody(clock: BusinessClock, orderId: string, more: Readonly<Record<string, Json>>): Json {
  return {
    programme,
    orderId,
    event: "sale",
    occurredAt: clock.now(),
    currency: "EUR",
    amountMinor: "10000",
    positions: [
      { sku: "A", group: "toys", quantity: 2, amountMinor: "6000" },
      { sku: "B", group: "books", quantity: 1, amountMinor: "4000" },
    ],
    vouchers: [],
    clickIds: [],
    status: "open",
    test: false,
    ...more,
  };
}

const baseTerms = {
  version: 1,
  currency: "EUR",
  timeZone: "Europe/Berlin",
  attribution: { model: "last-click", clickWindowDays: 30 },
  validation: { days: 30, onDeadline: "approve", declineReasons: ["cancelled", "returned", "fraud"] },
  rateLock: "conversion",
  exchange: { dateRule: "conversion" },
  payment: { cycle: "monthly", thresholdMinor: "2500", mode: "direct" },
  selfBilling: { agreed: true },
  notes: "",
};

/** 10 % of toys, 5 % of everything else; the agency gets 20 % of the commission on top. */
const blogTerms: Json = {
  ...baseTerms,
  conversionTypes: [
    {
      event: "sale",
      level: "item",
      rules: [
        {
          id: "toys",
          label: { de: "Spielzeug", en: "Toys" },
          when: { field: "itemGroup", op: "eq", value: "toys" },
          pay: { kind: "percent", ppm: "100000" },
        },
      ],
      otherwise: { kind: "percent", ppm: "50000" },
    },
  ],
  splits: [{ id: "agency", payee: agency, kind: "on-top-of-commission", ppm: "200000" }],
};

/** 4 % of the order. */
const cashTerms: Json = {
  ...baseTerms,
  conversionTypes: [{ event: "sale", level: "order", rules: [], otherwise: { kind: "percent", ppm: "40000" } }],
  splits: [],
};

async function insertProgramme(tx: Tx): Promise<void> {
  await tx.query(
    `insert into contracts.programme (id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at)
     values ($1, $2, 'Shop', 'https://shop.example', array['shop.example'], 'EUR', 'Europe/Berlin', 'strict', 'active', $3)`,
    [programme, merchant, startsAt],
  );
}

/** The rows that a concluded negotiation leaves; the negotiation itself is tested where it lives. */
async function insertContract(tx: Tx, name: string, earner: OrgId, terms: Json): Promise<void> {
  const parties = [
    { org: merchant, roles: ["payer"], signatory: true },
    { org: earner, roles: ["earner"], signatory: true },
    ...(earner === blog ? [{ org: agency, roles: ["agency"], signatory: true }] : []),
  ];
  const ids = { proposal: `prp_${name}`, contract: `ctr_${name}`, version: `cvn_${name}` as ContractVersionId };
  const hash = name === "blog" ? "b".repeat(64) : "c".repeat(64);
  const orgs = parties.map((party) => party.org);
  const from = instant("2025-01-01T00:00:00Z");
  const json = canonicalJson(terms);
  await tx.query(
    `insert into contracts.proposal (id, kind, programme_id, merchant_id, opened_by, opened_at, changed_at, state, turn, reason, contract_id,
       party_ids, turn_of) values ($1, 'partnership', $2, $3, $3, $4, $4, 'accepted', 1, '', $5, $6, '{}')`,
    [ids.proposal, programme, merchant, from, ids.contract, orgs],
  );
  await tx.query(
    `insert into contracts.turn (proposal_id, no, by_org, at, message, terms, parties, effective, document, hash, party_ids)
     values ($1, 1, $2, $3, '', $4, $5, '{"rule":"on-conclusion"}', 'document', $6, $7)`,
    [ids.proposal, merchant, from, json, JSON.stringify(parties), hash, orgs],
  );
  await tx.query(
    `insert into contracts.contract (id, kind, programme_id, payer_id, earner_id, created_at, party_ids)
     values ($1, 'partnership', $2, $3, $4, $5, $6)`,
    [ids.contract, programme, merchant, earner, from, orgs],
  );
  await tx.query(
    `insert into contracts.version (id, contract_id, no, proposal_id, turn_no, parties, terms, document, hash, concluded_at, effective_from,
       party_ids) values ($1, $2, 1, $3, 1, $4, $5, 'document', $6, $7, $7, $8)`,
    [ids.version, ids.contract, ids.proposal, JSON.stringify(parties), json, hash, from, orgs],
  );
}
