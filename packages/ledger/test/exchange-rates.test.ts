import { currency, type LocalDate } from "@biotop/kernel";
import { openTestStore, type TestStore } from "@biotop/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importRates, ratesFor } from "../src/index.ts";

const EUR = currency("EUR");
const GBP = currency("GBP");
const CHF = currency("CHF");
const USD = currency("USD");
const day = (text: string) => text as LocalDate;

const csv = `Date,USD,GBP,CHF,CYP,
2010-12-06,1.3303,0.84550,1.3040,N/A,
2010-12-03,1.3246,0.84410,1.3120,N/A,
2010-12-02,1.3155,0.84370,N/A,N/A,
not-a-day,1,1,1,1,
2010-12-01,abc,0.83750,1.3088,N/A,
2010-11-30,1.2998,0.83850,
`;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const rate = async (date: string, from = GBP, to = EUR) => {
  const found = await store.db.inTransaction("system", (tx) => ratesFor(tx, [day(date)], from, to));
  return found.get(day(date));
};

describe("importRates", () => {
  test("keeps good rows and names bad ones by row", async () => {
    expect(await rate("2010-12-02")).toEqual({ unknown: "rates-not-imported" });
    const imported = await store.db.inTransaction("system", (tx) => importRates(tx, csv));
    expect(imported).toMatchObject({ ok: true, value: { added: 10, known: 0, days: 4 } });
    expect(imported.ok && imported.value.errors.map(({ row, code }) => [row, code])).toEqual([
      [5, "date-not-readable"],
      [6, "rate-not-readable"],
      [7, "columns-do-not-match"],
    ]);
  });

  test("adds nothing the second time and never changes a published rate", async () => {
    const again = await store.db.inTransaction("system", (tx) => importRates(tx, csv));
    expect(again).toMatchObject({ ok: true, value: { added: 0, known: 10 } });
    const other = await store.db.inTransaction("system", (tx) => importRates(tx, "Date,GBP\n2010-12-02,0.9\n"));
    expect(other).toMatchObject({ ok: true, value: { added: 0, known: 0, errors: [{ code: "differs-from-stored", column: "GBP" }] } });
    expect(await rate("2010-12-02")).toMatchObject({ rateDate: "2010-12-02", rate: { numerator: 10000n, denominator: 8437n } });
  });

  test("refuses a text that is no table of rates", async () => {
    const refused = await store.db.inTransaction("system", (tx) => importRates(tx, "<html>"));
    expect(refused).toMatchObject({ ok: false, error: { kind: "rates-not-readable" } });
  });
});

describe("ratesFor", () => {
  test("takes the last business day on a weekend", async () => {
    expect(await rate("2010-12-05")).toEqual({ rate: { numerator: 10000n, denominator: 8441n }, rateDate: "2010-12-03", source: "ECB" });
  });

  test("crosses over the euro as an exact fraction of one day", async () => {
    expect(await rate("2010-12-02", GBP, CHF)).toMatchObject({
      rateDate: "2010-12-01",
      rate: { numerator: 10000n * 13088n, denominator: 8375n * 10000n },
    });
    expect(await rate("2010-12-03", EUR, USD)).toMatchObject({ rate: { numerator: 13246n, denominator: 10000n } });
  });

  test("equal currencies need no table", async () => {
    expect(await rate("1950-01-01", GBP, GBP)).toMatchObject({ rate: { numerator: 1n, denominator: 1n } });
  });

  test("says why there is none: not imported yet, or no such currency", async () => {
    expect(await rate("2010-12-07")).toEqual({ unknown: "rates-not-imported" });
    expect(await rate("2010-12-06", currency("ARS"), EUR)).toEqual({ unknown: "currency-without-rate" });
    expect(await rate("2010-11-29")).toEqual({ unknown: "currency-without-rate" });
  });
});
