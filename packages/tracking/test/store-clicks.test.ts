import { type Instant, instant, instantFromMs } from "@biotop/kernel";
import { openTestStore, type TestStore } from "@biotop/testing";
import type { ClickId, ClickRecord, CountRecord } from "@biotop/tracking-protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clickCounts } from "../src/db/click-counts.ts";
import { clicksByIds, clicksOfVisitor, storeClicks, storeCounts } from "../src/index.ts";
import { trackingInvariants } from "../src/invariants.ts";

const receivedAt = instant("2026-11-23T12:00:00Z");
let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await store.db.inTransaction({ org: "org_m" }, (tx) =>
    tx.query(
      `insert into contracts.programme (id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at)
       values ('prg_1', 'org_m', 'Mugs', 'https://shop.example/', '{shop.example}', 'EUR', 'Europe/Berlin', 'strict', 'active', $1)`,
      [receivedAt],
    ),
  );
});
afterAll(() => store.close());

function click(index: number, more: Partial<ClickRecord> = {}): ClickRecord {
  return {
    kind: "click",
    id: `01jd0000000000000000000000${String(index).padStart(8, "0")}` as ClickId,
    at: instantFromMs(Date.UTC(2026, 0, 10, 22, 30) + index * 60_000),
    receivedAt,
    link: "lnk_1",
    programme: "prg_1",
    partner: "org_p",
    merchant: "org_m",
    target: "https://shop.example/mug?a=1",
    subIds: { sub1: "news\tletter\\1" },
    consent: "granted",
    visitor: `v${index % 7}`,
    isBot: false,
    deviceClass: "desktop",
    ...more,
  };
}

const keep = (records: readonly ClickRecord[]) => store.db.inTransaction("system", (tx) => storeClicks(tx, records));

describe("storing clicks", () => {
  test("is done once, however often a click is handed over, and the daily sums follow in the programme's time zone", async () => {
    const first = [click(1), click(2), click(40), click(41, { isBot: true, botClass: "crawler" })];
    expect(await keep(first)).toBe(4);
    expect(await keep([...first, click(42), click(42)])).toBe(1);

    await store.db.inTransaction("system", async (tx) => {
      const days = await clickCounts(tx, { by: "day", from: "2026-01-01" as never, to: "2026-12-31" as never });
      expect(days).toEqual([
        { key: "2026-01-10", clicks: 2n, bots: 0n },
        { key: "2026-01-11", clicks: 2n, bots: 1n },
      ]);
      const [, , third] = await clicksByIds(
        tx,
        first.map((each) => each.id),
      );
      expect(third).toMatchObject({ at: first[2]?.at, subIds: { sub1: "news\tletter\\1" }, partnerClickId: null, visitor: "v5" });
    });
  });

  test("finds a shopper's clicks on a programme from a time on", async () => {
    const found = await store.db.inTransaction("system", (tx) => clicksOfVisitor(tx, "prg_1", "v1", "2026-01-10T00:00:00.000Z" as Instant));
    expect(found.map((each) => each.id.slice(-2))).toEqual(["01"]);
  });

  test("adds counts of redirects without an id by hour", async () => {
    const count: CountRecord = {
      kind: "count",
      at: instant("2026-01-10T10:59:00Z"),
      receivedAt,
      reason: "denied",
      link: "lnk_1",
      programme: "prg_1",
      partner: "org_p",
      merchant: "org_m",
    };
    const unknown: CountRecord = { kind: "count", at: count.at, receivedAt, reason: "unknown-link" };
    await store.db.inTransaction("system", (tx) => storeCounts(tx, [count, unknown, { ...count, targetRefused: true }]));
    await store.db.inTransaction("system", (tx) => storeCounts(tx, [count]));
    const { rows } = await store.db.inTransaction({ org: "org_p" }, (tx) =>
      tx.query("select reason, hour, count, targets_refused from tracking.count_hour"),
    );
    expect(rows).toEqual([{ reason: "denied", hour: "2026-01-10T10:00:00.000Z", count: 3n, targets_refused: 1n }]);
  });

  test("shows clicks to their parties only, and changes none", async () => {
    const seenBy = (org: `org_${string}`) => store.db.inTransaction({ org }, async (tx) => (await clicksByIds(tx, [click(1).id])).length);
    expect([await seenBy("org_p"), await seenBy("org_m"), await seenBy("org_x")]).toEqual([1, 1, 0]);
    await expect(store.db.inTransaction({ org: "org_p" }, (tx) => storeClicks(tx, [click(90)]))).rejects.toThrow(/row-level security/);
    await expect(store.db.inTransaction("system", (tx) => tx.query("update tracking.click set is_bot = true"))).rejects.toThrow(
      /permission denied/,
    );
  });

  test("takes tens of thousands of clicks per second", async () => {
    const batches = Array.from({ length: 10 }, (_, batch) =>
      Array.from({ length: 5000 }, (__, index) => click(1000 + batch * 5000 + index)),
    );
    const started = performance.now();
    for (const batch of batches) expect(await keep(batch)).toBe(5000);
    const perSecond = 50_000 / ((performance.now() - started) / 1000);
    expect(perSecond).toBeGreaterThan(5000);
    await store.db.inTransaction("system", async (tx) => {
      expect(await trackingInvariants[0]?.violations(tx)).toEqual([]);
    });
  });
});
