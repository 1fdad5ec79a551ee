import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, instant, instantFromMs } from "@biotop/kernel";
import { type Database, migrate, openDatabase, storeMigrations, type Tx } from "@biotop/platform/db";
import { startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import { createLog } from "@biotop/platform/log";
import { openTestStore, type TestStore } from "@biotop/testing";
import { storeClicks, storeCounts } from "@biotop/tracking";
import { type ClickId, type ClickRecord, type CountRecord, type EdgeRecord, encodeFrame, segmentHeader } from "@biotop/tracking-protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLoader, type LoaderDeps } from "../src/loader/loader.ts";

let store: TestStore;
let directory: string;
beforeEach(async () => {
  store = await openTestStore();
  directory = await mkdtemp(join(tmpdir(), "biotop-segments-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
  await store.close();
});

const log = createLog({ level: "silent", name: "test" });
const receivedAt = instant("2026-11-23T12:00:00Z");
const realNow = (): Instant => instantFromMs(Date.now());

function deps(db: Database, more: Partial<LoaderDeps> = {}): LoaderDeps {
  return {
    db,
    log,
    directory,
    realNow,
    storeClicks,
    storeCounts,
    receiveConversions: async () => 0,
    processPending: async () => 0,
    ...more,
  };
}

function click(index: number, more: Partial<ClickRecord> = {}): ClickRecord {
  return {
    kind: "click",
    id: `01jd0000000000000000000000${String(index).padStart(8, "0")}` as ClickId,
    at: instantFromMs(Date.UTC(2026, 0, 10) + index * 1000),
    receivedAt,
    link: "lnk_1",
    programme: "prg_1",
    partner: "org_p",
    merchant: "org_m",
    target: "https://shop.example/",
    subIds: {},
    consent: "granted",
    visitor: `v${index}`,
    isBot: false,
    deviceClass: "desktop",
    ...more,
  };
}

const uncounted: CountRecord = {
  kind: "count",
  at: receivedAt,
  receivedAt,
  reason: "denied",
  link: "lnk_1",
  programme: "prg_1",
  partner: "org_p",
  merchant: "org_m",
};

async function writeSegment(worker: string, name: string, groups: readonly (readonly EdgeRecord[])[]): Promise<string> {
  await mkdir(join(directory, worker), { recursive: true });
  const path = join(directory, worker, name);
  await writeFile(path, Buffer.concat([segmentHeader, ...groups.map(frame)]));
  return path;
}

function frame(records: readonly EdgeRecord[]): Buffer {
  return encodeFrame(records.map((record) => JSON.stringify(record)));
}

type Sums = { clicks: bigint; distinct: bigint; sums: bigint; counts: bigint };

function sums(db: Database): Promise<Sums | undefined> {
  return db.inTransaction("system", async (tx) => {
    const { rows } = await tx.query<Sums>(`select count(*) as clicks, count(distinct id) as distinct,
      (select coalesce(sum(clicks), 0)::bigint from tracking.click_day) as sums,
      (select coalesce(sum(count), 0)::bigint from tracking.count_hour) as counts from tracking.click`);
    return rows[0];
  });
}

const range = (from: number, to: number): readonly ClickRecord[] => Array.from({ length: to - from }, (_, index) => click(from + index));

describe("the loader", () => {
  test("loads what all workers stored, and what comes later, once", async () => {
    const path = await writeSegment("a", "00000001.seg", [range(0, 30), [uncounted, uncounted]]);
    await writeSegment("b", "00000001.seg", [range(30, 50)]);
    const loader = createLoader(deps(store.db));
    await loader.drain();
    expect(await sums(store.db)).toEqual({ clicks: 50n, distinct: 50n, sums: 50n, counts: 2n });

    await appendFile(path, frame([click(50), uncounted]));
    await loader.drain();
    await createLoader(deps(store.db)).drain();
    expect(await sums(store.db)).toEqual({ clicks: 51n, distinct: 51n, sums: 51n, counts: 3n });
    expect(loader.status()).toMatchObject({ clicksLoaded: 51, countsLoaded: 3, recordsSetAside: 0, failures: 0 });
  });

  test("stores nothing twice when it dies inside the transaction, at any batch", async () => {
    await writeSegment(
      "a",
      "00000001.seg",
      Array.from({ length: 20 }, (_, group) => [...range(group * 10, group * 10 + 10), uncounted]),
    );
    let calls = 0;
    const dying = (tx: Tx, records: readonly CountRecord[]) => {
      calls += 1;
      return storeCounts(tx, records).then(() => {
        if (calls % 2 === 1) throw new Error("killed");
      });
    };
    for (let attempt = 0; attempt < 60; attempt += 1)
      await createLoader(deps(store.db, { storeCounts: dying, recordsMax: 22 }))
        .drain()
        .catch((error: Error) => expect(error.message).toBe("killed"));
    expect(calls).toBeGreaterThan(10);
    expect(await sums(store.db)).toEqual({ clicks: 200n, distinct: 200n, sums: 200n, counts: 20n });
  });

  test("and a second loader on the same files, or an answer lost after the commit, add nothing", async () => {
    await writeSegment("a", "00000001.seg", [range(0, 100), [uncounted]]);
    const both = [createLoader(deps(store.db, { recordsMax: 10 })), createLoader(deps(store.db, { recordsMax: 10 }))];
    await Promise.all(both.map((loader) => loader.drain()));
    expect(await sums(store.db)).toEqual({ clicks: 100n, distinct: 100n, sums: 100n, counts: 1n });
  });

  test("sets a record aside that the store refuses, and loads the others", async () => {
    await writeSegment("a", "00000001.seg", [[click(1), click(2, { id: "short" as ClickId }), uncounted, click(3)]]);
    const loader = createLoader(deps(store.db));
    await loader.drain();
    expect(await sums(store.db)).toEqual({ clicks: 2n, distinct: 2n, sums: 2n, counts: 1n });
    expect(loader.status()).toMatchObject({ recordsSetAside: 1 });
    const kept = await store.db.inTransaction("system", (tx) => tx.query("select record->>'id' as id from platform.segment_set_aside"));
    expect(kept.rows).toEqual([{ id: "short" }]);
  });

  test("decides sales only when every log is loaded up to a known time", async () => {
    await writeSegment("a", "00000001.seg", [range(0, 40)]);
    const asked: { loadedUpTo: Instant; clicks: bigint | undefined }[] = [];
    const processPending = async ({ loadedUpTo }: { loadedUpTo: Instant }) => {
      asked.push({ loadedUpTo, clicks: (await sums(store.db))?.clicks });
      return 0;
    };
    const started = realNow();
    await createLoader(deps(store.db, { processPending, recordsMax: 10 })).drain();
    expect(asked.length).toBeGreaterThan(0);
    for (const each of asked) {
      expect(each.clicks).toBe(40n);
      expect(each.loadedUpTo >= started).toBe(true);
    }
  });
});

test("the loader waits out a store that is away and then loads everything once", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "biotop-away-"));
  let server = await startEmbeddedPostgres({ dataDir });
  await migrate(server.url, storeMigrations());
  const path = await writeSegment("a", "00000001.seg", [range(0, 10)]);
  const db = openDatabase({ url: server.url, connectionsMax: 2 });
  const loader = createLoader(deps(db));
  try {
    loader.start();
    await loader.drain();
    await server.stop();
    await appendFile(path, frame([...range(10, 20), uncounted]));
    await expect(loader.drain()).rejects.toThrow();
    await appendFile(path, frame([...range(20, 30), uncounted]));
    server = await startEmbeddedPostgres({ dataDir });
    await expect.poll(() => sums(db), { timeout: 20_000, interval: 100 }).toEqual({ clicks: 30n, distinct: 30n, sums: 30n, counts: 2n });
    expect(loader.status().failures).toBeGreaterThan(0);
  } finally {
    await loader.stop();
    await db.close();
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
});
