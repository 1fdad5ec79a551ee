import { instant, type OrgId, plusDays, plusMs } from "@biotop/kernel";
import { importRates } from "@biotop/ledger";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { agency, blog, cashback, merchant, startsAt } from "./contract-rows.ts";
import { openWorld, type World } from "./fixture.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.store.close());
afterEach(async () => {
  expect(await world.violations()).toEqual([]);
});

/** 10 % of 60.00 + 5 % of 40.00 = 8.00; the agency 20 % of it = 1.60. */
const cost = 960n;

describe("a sale", () => {
  test("with a click in the window is priced, posted and told in one go", async () => {
    const click = await world.click("first", { sub1: "newsletter" });
    const [outcome] = await world.send(world.report("o-1", { clickIds: [click] }));
    expect(outcome).toMatchObject({ outcome: "priced", order_id: "o-1", partner_id: blog, cost_minor: cost, value_minor: 10_000n });
    expect(await world.balance(merchant, "memo:accrued")).toBe(cost);
    expect(await world.balance(blog, "memo:pending")).toBe(-800n);
    expect(await world.balance(agency, "memo:pending")).toBe(-160n);
  });

  test("sent again is a duplicate without effect, and with other content refused", async () => {
    const click = "first".padEnd(34, "0");
    const again = await world.send(world.report("o-1", { clickIds: [click] }));
    expect(again).toMatchObject([{ outcome: "duplicate" }]);
    const other = await world.send(
      world.report("o-1", { clickIds: [click], amountMinor: "9000", positions: [{ quantity: 1, amountMinor: "9000" }] }),
    );
    expect(other).toMatchObject([{ outcome: "refused", code: "duplicate-order" }]);
    expect(await world.balance(merchant, "memo:accrued")).toBe(cost);
  });

  test("a hundred times at once is one conversion", async () => {
    const records = Array.from({ length: 100 }, () => world.report("o-100"));
    await Promise.all(records.map((record) => world.system((tx) => world.module.pipeline.receive(tx, [record]))));
    await Promise.all(Array.from({ length: 6 }, () => world.process()));
    const found = (await world.outcomes()).filter((row) => row["order_id"] === "o-100").map((row) => row["outcome"]);
    expect(found.filter((outcome) => outcome === "unattributed")).toHaveLength(1);
    expect(found.filter((outcome) => outcome === "duplicate")).toHaveLength(99);
  });

  test("without a click is stored with the reason", async () => {
    expect(await world.send(world.report("o-2"))).toMatchObject([{ outcome: "unattributed", code: "no-click", cost_minor: null }]);
  });

  test("of a bot's click and of an old click earns nobody anything, each with its reason", async () => {
    const bot = await world.click("bot", { isBot: true });
    const old = await world.click("old", { at: plusDays(startsAt, -31) });
    expect(await world.send(world.report("o-3", { clickIds: [bot] }))).toMatchObject([{ outcome: "unattributed", code: "bot" }]);
    expect(await world.send(world.report("o-4", { clickIds: [old] }))).toMatchObject([{ outcome: "unattributed", code: "outside-window" }]);
  });

  test("as a test order moves no money", async () => {
    const click = await world.click("tester");
    const before = await world.balance(merchant, "memo:accrued");
    expect(await world.send(world.report("o-5", { clickIds: [click], test: true }))).toMatchObject([{ outcome: "test" }]);
    expect(await world.balance(merchant, "memo:accrued")).toBe(before);
  });

  test("of a foreign programme is refused", async () => {
    const record = { ...world.report("o-6"), org: "org_other" as OrgId };
    expect(await world.send(record)).toMatchObject([{ outcome: "refused", code: "foreign-programme" }]);
  });

  test("in another currency is exchanged at the rate of its day", async () => {
    const click = await world.click("pound", { partner: cashback });
    const outcome = await world.send(world.report("o-7", { clickIds: [click], currency: "GBP" }));
    // 4 % of 100.00 GBP at 1/0.80 = 5.00 EUR
    expect(outcome).toMatchObject([{ outcome: "priced", partner_id: cashback, cost_minor: 500n, cost_currency: "EUR" }]);
  });
});

describe("waiting", () => {
  test("a sale waits for its click until everything up to its arrival is loaded", async () => {
    const id = "awaited".padEnd(34, "0");
    await world.system((tx) => world.module.pipeline.receive(tx, [world.report("o-8", { clickIds: [id] })]));
    expect(await world.process(plusMs(world.clock.now(), -5))).toBe(0);
    await world.click("awaited");
    expect(await world.process()).toBe(1);
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-8", outcome: "priced" });
  });

  test("after sixty seconds it is decided without the click, and a later click corrects it", async () => {
    const id = "later".padEnd(34, "0");
    await world.system((tx) => world.module.pipeline.receive(tx, [world.report("o-9", { clickIds: [id] })]));
    const clickAt = plusMs(world.clock.now(), -3_600_000);
    const received = world.clock.now();
    world.clock.set(plusMs(received, 60_001));
    expect(await world.process(received)).toBe(1);
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-9", outcome: "unattributed", code: "unknown-click" });
    await world.click("later", { at: clickAt });
    expect(await world.process()).toBe(1);
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-9", outcome: "reattributed", cost_minor: cost });
    expect(await world.process()).toBe(0);
  });

  test("a later click of another partner takes the sale over by a linked reversal", async () => {
    const early = await world.click("early", { partner: cashback, at: plusDays(world.clock.now(), -2) });
    const missing = "missing".padEnd(34, "0");
    const [first] = await world.send(world.report("o-10", { clickIds: [early, missing] }));
    expect(first).toMatchObject({ outcome: "priced", partner_id: cashback });
    await world.click("missing", { at: plusDays(world.clock.now(), -1) });
    await world.process();
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-10", outcome: "reattributed", partner_id: blog });
    const { rows } = await world.system((tx) =>
      tx.query("select cause_kind, reverses is not null as is_reversal from ledger.entry where cause_ref = $1 order by created_at, id", [
        first?.["conversion_id"],
      ]),
    );
    expect(rows.map((row) => [row["cause_kind"], row["is_reversal"]]).sort()).toEqual([
      ["accrue", false],
      ["accrue", false],
      ["reattribute", true],
    ]);
  });

  test("an amount whose rate is unknown waits, and is priced when the rate arrives", async () => {
    const at = instant("2026-01-20T12:00:00Z");
    world.clock.set(at);
    const click = await world.click("rateless", { partner: cashback, at: plusMs(at, -1000) });
    const [outcome] = await world.send(world.report("o-11", { clickIds: [click], currency: "GBP" }));
    expect(outcome).toMatchObject({ outcome: "waiting", code: "rate-unknown", cost_minor: null });
    expect(await world.process()).toBe(0);
    await world.system((tx) => importRates(tx, "Date,GBP\n2026-01-20,0.5000\n"));
    await world.tellNews();
    expect(await world.process()).toBe(1);
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-11", outcome: "priced", cost_minor: 800n });
  });

  test("a change that comes before its sale waits, and one without a sale is refused after a minute", async () => {
    await world.system((tx) => world.module.pipeline.receive(tx, [world.change("o-12", "c-1", { op: "approve" })]));
    expect(await world.process()).toBe(0);
    const click = await world.click("twelve");
    await world.send(world.report("o-12", { clickIds: [click] }));
    world.clock.set(plusMs(world.clock.now(), 1000));
    await world.process();
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-12", op: "approve", outcome: "changed" });
    await world.system((tx) => world.module.pipeline.receive(tx, [world.change("o-never", "c-1", { op: "approve" })]));
    world.clock.set(plusMs(world.clock.now(), 60_001));
    await world.process();
    expect((await world.outcomes()).at(-1)).toMatchObject({ order_id: "o-never", outcome: "refused", code: "order-unknown" });
  });
});

describe("a row that breaks an invariant", () => {
  test("is set aside and named, and holds up no other", async () => {
    const broken = world.report("o-broken", { amountMinor: "1", positions: [{ quantity: 1, amountMinor: "2" }] });
    const click = await world.click("broken");
    const body = { ...(broken.body as object), clickIds: [click] };
    const outcomes = await world.send({ ...broken, body }, world.report("o-good"));
    expect(outcomes.map((row) => row["order_id"])).toEqual(["o-good"]);
    expect(await world.violations()).toEqual([`transactions.nothing-set-aside: ${broken.receipt}`]);
    await world.system((tx) => tx.query("delete from transactions.pending"));
  });
});
