import { instant } from "@biotop/kernel";
import { openTestStore, type TestStore } from "@biotop/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attributionHistory, attributionModel, attributionOf, recordAttributions, type Touch } from "../src/index.ts";
import { createAttributionModule } from "../src/module.ts";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const at = instant("2026-11-20T10:00:00Z");
const early: Touch = {
  clickId: "c1",
  at: instant("2026-11-10T00:00:00Z"),
  programme: "prg_1",
  partner: "org_a",
  link: "lnk_1",
  isBot: false,
};
const late: Touch = { ...early, clickId: "c2", at: instant("2026-11-12T00:00:00Z"), partner: "org_b" };

function attributed(touches: readonly Touch[]) {
  const result = attributionModel("last-click")?.attribute({
    conversion: { programme: "prg_1", occurredAt: at },
    touches,
    windowOf: () => ({ contractVersion: "cvn_1", clickWindowDays: 30 }),
  });
  if (!result) throw new Error("last click is published");
  return { conversion: "cnv_1", programme: "prg_1", merchant: "org_m", result, at } as const;
}

describe("the record of an attribution", () => {
  test("is kept as it is when nothing changed, and gets a version when a late click changes it", async () => {
    const record = (touches: readonly Touch[]) =>
      store.db.inTransaction("system", async (tx) => (await recordAttributions(tx, [attributed(touches)])).get("cnv_1"));

    expect(await record([early])).toMatchObject({ version: 1, winner: { clickId: "c1", partner: "org_a" } });
    expect(await record([early])).toMatchObject({ version: 1 });
    expect(await record([late, early])).toMatchObject({ version: 2, winner: { clickId: "c2", partner: "org_b" } });

    await store.db.inTransaction("system", async (tx) => {
      expect((await attributionHistory(tx, "cnv_1")).map((each) => [each.version, each.winner?.clickId])).toEqual([
        [2, "c2"],
        [1, "c1"],
      ]);
      for (const invariant of createAttributionModule().invariants) expect(await invariant.violations(tx)).toEqual([]);
    });
  });

  test("is seen by the merchant and the winner only, and changed by nobody", async () => {
    const seenBy = (org: `org_${string}`) => store.db.inTransaction({ org }, async (tx) => (await attributionOf(tx, ["cnv_1"])).size);
    expect([await seenBy("org_m"), await seenBy("org_b"), await seenBy("org_x")]).toEqual([1, 1, 0]);
    const change = store.db.inTransaction("system", (tx) => tx.query("update attribution.record set partner_id = 'org_x'"));
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
