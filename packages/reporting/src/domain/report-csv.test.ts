import { currency, money } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { metricOf } from "./metrics.ts";
import { reportCsv } from "./report-csv.ts";

const rows = [
  {
    label: "=cmd()",
    values: {
      clicks: { kind: "count", count: 1_234 },
      commission: { kind: "money", amounts: [money(currency("EUR"), 123_456n), money(currency("GBP"), -5n)] },
      "conversion-rate": { kind: "ratio", ppm: "12345" },
    },
  },
] as const;
const report = {
  dimension: "Partner",
  metrics: [metricOf("clicks"), metricOf("commission"), metricOf("conversion-rate")],
  rows: rows.map((row) => ({ ...row, values: structuredClone(row.values) as never })),
};

describe("reportCsv", () => {
  test("German spreadsheets get semicolons and decimal commas", () => {
    expect(reportCsv(report, "de")).toBe(
      "\ufeffPartner;Klicks;Provision (EUR);Provision (GBP);Conversion-Rate (%)\r\n'=cmd();1234;1234,56;-0,05;1,2345\r\n",
    );
  });
  test("others get commas and decimal points", () => {
    expect(reportCsv(report, "en")).toBe(
      "\ufeffPartner,Clicks,Commission (EUR),Commission (GBP),Conversion rate (%)\r\n'=cmd(),1234,1234.56,-0.05,1.2345\r\n",
    );
  });
});
