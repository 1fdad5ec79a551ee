import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { instantFromMs, type Json, plusMs } from "@biotop/kernel";
import { importRates } from "@biotop/ledger";
import { type Database, migrate, openDatabase, storeMigrations } from "@biotop/platform/db";
import { startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import { migrateJobs } from "@biotop/platform/jobs";
import { createLog } from "@biotop/platform/log";
import { testIds } from "@biotop/testing";
import { storeClicks } from "@biotop/tracking";
import type { ClickId, ClickRecord, ConversionRecord } from "@biotop/tracking-protocol";
import { createTransactionsModule } from "../src/module.ts";
import {
  blog,
  blogTerms,
  cashback,
  cashTerms,
  insertContract,
  insertProgramme,
  merchant,
  programme,
  startsAt,
} from "../test/contract-rows.ts";

/**
 * How many orders a second the pipeline prices, posts and tells: orders of 23 positions in GBP, settled in EUR, each with a click.
 * Only processPending is timed; PostgreSQL has its durable settings.
 */
const seed = Number(process.argv[2] ?? 1);
const ordersCount = Number(process.argv[3] ?? 6000);
const positionsCount = 23;

let state = seed >>> 0 || 1;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * below);
}

const folder = mkdtempSync(join(tmpdir(), "biotop-bench-"));
const server = await startEmbeddedPostgres({ dataDir: folder });
try {
  await migrate(server.url, storeMigrations());
  await migrateJobs(server.url);
  const db = openDatabase({ url: server.url });
  await run(db, server.pid);
  await db.close();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run(db: Database, databasePid: number): Promise<void> {
  const module = createTransactionsModule({
    db,
    clock: { now: () => startsAt },
    realNow: () => startsAt,
    ids: testIds(),
    log: createLog({ level: "silent", name: "bench" }),
    organisationNames: async () => new Map(),
  });
  await db.inTransaction("system", async (tx) => {
    await insertProgramme(tx);
    await insertContract(tx, "blog", blog, blogTerms);
    await insertContract(tx, "cash", cashback, cashTerms);
    await importRates(tx, "Date,GBP\n2026-01-15,0.8437\n");
  });
  const orders = Array.from({ length: ordersCount }, (_, index) => order(index));
  for (let start = 0; start < orders.length; start += 1000) {
    const part = orders.slice(start, start + 1000);
    await db.inTransaction("system", (tx) =>
      storeClicks(
        tx,
        part.map(({ click }) => click),
      ),
    );
    await db.inTransaction("system", (tx) =>
      module.pipeline.receive(
        tx,
        part.map(({ report }) => report),
      ),
    );
  }
  await module.pipeline.processPending({ loadedUpTo: startsAt });

  const databaseBefore = cpuSecondsOfChildren(databasePid);
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const decided = await module.pipeline.processPending({ loadedUpTo: plusMs(startsAt, 1) });
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const ownSeconds = (cpu.user + cpu.system) / 1e6;
  console.log(
    JSON.stringify({
      bench: "transactions",
      seed,
      machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
      node: process.version,
      orders: decided,
      positions: decided * positionsCount,
      seconds: Number(seconds.toFixed(2)),
      ordersPerSecond: Math.round(decided / seconds),
      nodeCpuMsPerOrder: Number(((ownSeconds * 1000) / decided).toFixed(3)),
      databaseCpuMsPerOrder: Number((((cpuSecondsOfChildren(databasePid) - databaseBefore) * 1000) / decided).toFixed(3)),
    }),
  );
}

/** CPU seconds of a process's children, where the system tells (Linux); 0 elsewhere. */
function cpuSecondsOfChildren(parent: number): number {
  if (!existsSync("/proc/self/stat")) return 0;
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const path = `/proc/${pid}/stat`;
    if (!existsSync(path)) continue;
    const fields = readFileSync(path, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    if (Number(fields[1]) === parent) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / 100;
}

function order(index: number): { readonly click: ClickRecord; readonly report: ConversionRecord } {
  const at = instantFromMs(Date.parse(startsAt) - 3_600_000 + index);
  const clickId = `c${index}`.padEnd(34, "0") as ClickId;
  const positions = Array.from({ length: positionsCount }, (_, position) => ({
    sku: `${20_000 + random(9_000)}${position}`,
    name: "WHITE HANGING HEART T-LIGHT HOLDER",
    group: ["toys", "books", "home"][random(3)] ?? "home",
    quantity: 1 + random(12),
    amountMinor: String(100 + random(5_000)),
  }));
  const amountMinor = positions.reduce((sum, position) => sum + BigInt(position.amountMinor), 0n).toString();
  const body: Json = {
    programme,
    orderId: `order-${index}`,
    event: "sale",
    occurredAt: startsAt,
    currency: "GBP",
    amountMinor,
    positions,
    vouchers: [],
    customer: { status: random(2) === 0 ? "new" : "existing" },
    clickIds: [clickId],
    status: "open",
    test: false,
  };
  const click: ClickRecord = {
    kind: "click",
    id: clickId,
    at,
    receivedAt: at,
    link: "lnk_1",
    programme,
    partner: random(3) === 0 ? cashback : blog,
    merchant,
    target: "https://shop.example/",
    subIds: { sub1: `place-${random(20)}` },
    consent: "granted",
    visitor: `visitor-${random(ordersCount)}`,
    isBot: false,
    deviceClass: "desktop",
  };
  return {
    click,
    report: {
      kind: "conversion",
      receipt: `rcp_${index}`,
      at: startsAt,
      receivedAt: startsAt,
      org: merchant,
      key: "key_shop",
      op: "report",
      body,
    },
  };
}
