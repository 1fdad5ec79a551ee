import { type Instant, type Json, type OrgId, plusMs } from "@biotop/kernel";
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
import { blog, blogTerms, cashback, cashTerms, insertContract, insertProgramme, merchant, programme, startsAt } from "./contract-rows.ts";

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
