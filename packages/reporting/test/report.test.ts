import type { LocalDate, OrgId, ProgrammeId } from "@biotop/kernel";
import { openTestStore, type TestStore, testClock } from "@biotop/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReportingDeps } from "../src/usecases/deps.ts";
import { readHome } from "../src/usecases/home.ts";
import { readReport } from "../src/usecases/report.ts";

const merchant: OrgId = "org_00merchant";
const partner: OrgId = "org_00partner";
const agency: OrgId = "org_00agency";
const programme: ProgrammeId = "prg_00shop";
const day = (text: string) => text as LocalDate;
const period = { from: day("2026-01-01"), to: day("2026-01-31") };

let store: TestStore;
let deps: ReportingDeps;
beforeAll(async () => {
  store = await openTestStore();
  deps = { db: store.db, clock: testClock("2026-01-31T12:00:00Z") };
  await store.db.inTransaction("system", async (tx) => {
    for (const [org, name] of [
      [merchant, "Lampenladen"],
      [partner, "Lichtblog"],
      [agency, "Agentur"],
    ]) {
      await tx.query(
        `insert into directory.organisation (id, name, country, language, time_zone, created_at)
         values ($1, $2, 'DE', 'de', 'Europe/Berlin', '2025-01-01T00:00:00Z')`,
        [org, name],
      );
    }
    await tx.query(
      `insert into contracts.programme (id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at)
       values ($1, $2, 'Lampen', 'https://shop.example/', '{shop.example}', 'GBP', 'Europe/Berlin', 'strict', 'active', '2025-01-01T00:00:00Z')`,
      [programme, merchant],
    );
    await clicks(tx, "2026-01-10", "blog", 100n);
    await clicks(tx, "2026-01-11", "mail", 60n);
    await clicks(tx, "2025-12-20", "blog", 10n);
    await money(tx, partner, "2026-01-10", "blog", { conversions: 4n, value: 10_000n, open: 500n, approved: 0n });
    await money(tx, agency, "2026-01-10", "blog", { conversions: 0n, value: 0n, open: 50n, approved: 0n });
    await money(tx, partner, "2026-01-11", "mail", { conversions: 1n, value: 2_000n, open: 0n, approved: 100n });
  });
});
afterAll(() => store.close());

type Tx = Parameters<Parameters<TestStore["db"]["inTransaction"]>[1]>[0];

async function clicks(tx: Tx, at: string, sub1: string, count: bigint): Promise<void> {
  await tx.query(
    `insert into tracking.click_day (programme_id, partner_id, link_id, sub1, day, merchant_id, clicks, bots)
     values ($1, $2, 'lnk_1', $3, $4, $5, $6, 0)`,
    [programme, partner, sub1, at, merchant, count],
  );
}

type Amounts = { readonly conversions: bigint; readonly value: bigint; readonly open: bigint; readonly approved: bigint };

async function money(tx: Tx, payee: OrgId, at: string, sub1: string, { conversions, value, open, approved }: Amounts): Promise<void> {
  await tx.query(
    `insert into transactions.money_day (org_id, programme_id, partner_id, payee_org, sub1, day, currency, settlement_currency, conversions,
       open_count, approved_count, declined_count, value_minor, open_value_minor, approved_value_minor, open_minor, approved_minor)
     values ($1, $2, $3, $4, $5, $6, 'GBP', 'EUR', $7, $7, 0, 0, $8, $8, 0, $9, $10)`,
    [merchant, programme, partner, payee, sub1, at, conversions, value, open, approved],
  );
}

const metrics = ["clicks", "conversions", "order-value", "commission", "conversion-rate", "earnings-per-click"] as const;

describe("readReport", () => {
  test("joins clicks and money by partner; currencies stay apart", async () => {
    const report = await readReport(deps, { org: merchant, by: "partner", ...period, metrics, language: "de" });
    expect(report).toMatchObject({
      ok: true,
      value: {
        rows: [
          {
            key: partner,
            label: "Lichtblog",
            values: {
              clicks: { count: 160 },
              conversions: { count: 5 },
              "order-value": { amounts: [{ currency: "GBP", minor: 12_000n }] },
              // What the merchant pays: partner and agency together.
              commission: { amounts: [{ currency: "EUR", minor: 650n }] },
              "conversion-rate": { ppm: "31250" },
              "earnings-per-click": { amounts: [{ currency: "EUR", minor: 4n }] },
            },
          },
        ],
      },
    });
  });

  test("a partner sees its own commission only, a stranger nothing", async () => {
    const own = await readReport(deps, { org: partner, by: "programme", ...period, metrics, language: "en" });
    expect(own).toMatchObject({ ok: true, value: { rows: [{ label: "Lampen", values: { commission: { amounts: [{ minor: 600n }] } } }] } });
    const strange = await readReport(deps, { org: "org_00stranger", by: "programme", ...period, metrics, language: "en" });
    expect(strange).toMatchObject({ ok: true, value: { rows: [] } });
  });

  test("by sub-id, and by day with every day of the period", async () => {
    const subs = await readReport(deps, { org: partner, by: "sub1", ...period, metrics, language: "en" });
    expect(subs.ok && subs.value.rows.map(({ key, values }) => [key, values["clicks"]])).toEqual([
      ["blog", { kind: "count", count: 100 }],
      ["mail", { kind: "count", count: 60 }],
    ]);
    const days = await readReport(deps, { org: partner, by: "day", ...period, metrics, language: "en", sub1: "mail" });
    expect(days.ok && days.value.rows).toHaveLength(31);
    expect(days).toMatchObject({ value: { totals: { conversions: { count: 1 }, clicks: { count: 60 } } } });
  });

  test("a period that ends before it begins is refused", async () => {
    const wrong = await readReport(deps, { org: partner, by: "day", from: period.to, to: period.from, metrics, language: "en" });
    expect(wrong).toMatchObject({ ok: false, error: { kind: "report-period-wrong" } });
  });
});

describe("readHome", () => {
  test("shows the figures against the days before and what is missing", async () => {
    const home = await readHome(deps, partner, 28, undefined);
    expect(home).toMatchObject({ from: "2026-01-04", to: "2026-01-31" });
    expect(home.tiles[0]).toMatchObject({ code: "clicks", current: { count: 160 }, previous: { count: 10 } });
    expect(home.chart.days).toHaveLength(28);
    expect(home.toDos.map(({ kind }) => kind)).toEqual(["add-tax-data"]);
  });
});
