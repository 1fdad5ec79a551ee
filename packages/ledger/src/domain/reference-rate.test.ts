import type { LocalDate } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { isRateDay, rateDayUpTo } from "./business-day.ts";
import { parseRatesCsv } from "./rates-csv.ts";
import { ratesXmlAsCsv } from "./rates-xml.ts";

describe("rate days", () => {
  test.each(["2010-12-25", "2011-01-01", "2011-04-22", "2011-04-25", "2026-04-03", "2026-04-06", "2026-05-01", "2011-01-08"])(
    "%s has no publication",
    (date) => {
      expect(isRateDay(date as LocalDate)).toBe(false);
    },
  );

  test("Easter Monday takes Maundy Thursday", () => {
    expect(rateDayUpTo("2011-04-25" as LocalDate)).toBe("2011-04-21");
  });
});

describe("ratesXmlAsCsv", () => {
  test("reads as the history file does", () => {
    const xml = `<gesmes:Envelope><Cube><Cube time='2026-04-10'><Cube currency='USD' rate='1.0921'/><Cube currency='GBP' rate='0.8555'/></Cube>
      <Cube time='2026-04-09'><Cube currency='USD' rate='1.0903'/></Cube></Cube></gesmes:Envelope>`;
    expect(parseRatesCsv(ratesXmlAsCsv(xml))).toEqual({
      ok: true,
      value: {
        days: 2,
        errors: [],
        rates: [
          { date: "2026-04-10", currency: "GBP", perEuro: "0.8555" },
          { date: "2026-04-10", currency: "USD", perEuro: "1.0921" },
          { date: "2026-04-09", currency: "USD", perEuro: "1.0903" },
        ],
      },
    });
  });
});
