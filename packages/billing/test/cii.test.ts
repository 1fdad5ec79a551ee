import { describe, expect, test } from "vitest";
import { ciiXml } from "../src/domain/cii.ts";
import { brokenRules } from "../src/domain/invoice-rules.ts";
import { ciiSchemaErrors, en16931Findings, hasOfficialMaterial } from "./official-material.ts";
import { sampleInvoices } from "./sample-invoices.ts";

describe("ciiXml", () => {
  test.each(Object.keys(sampleInvoices))("%s: breaks none of our own rules", (name) => {
    expect(brokenRules(invoice(name))).toEqual([]);
  });
  test.each(Object.keys(sampleInvoices))("%s: the same model gives the same bytes", (name) => {
    expect(ciiXml(invoice(name))).toBe(ciiXml(invoice(name)));
    expect(ciiXml(invoice(name))).toContain("<ram:TypeCode>389</ram:TypeCode>");
  });
  test("a correction names its document and position and counts minus one", () => {
    const xml = ciiXml(invoice("German business with a VAT ID, corrections of two documents"));
    expect(xml).toContain("Minderung zu Gutschrift GS-2010-000001, Position 1");
    expect(xml).toContain("<ram:IssuerAssignedID>GS-2010-000007</ram:IssuerAssignedID>");
    expect(xml).toContain('<ram:BilledQuantity unitCode="C62">-1</ram:BilledQuantity>');
  });
});

describe.runIf(hasOfficialMaterial)("the official schema and rules", () => {
  test.each(Object.keys(sampleInvoices))("%s: valid CII D16B", async (name) => {
    expect(await ciiSchemaErrors(ciiXml(invoice(name)))).toEqual([]);
  });
  test.each(Object.keys(sampleInvoices))("%s: no finding of EN 16931", (name) => {
    expect(en16931Findings(ciiXml(invoice(name)))).toEqual({ fatal: [], warnings: [] });
  });
  test("a missing delivery header is noticed by the schema", async () => {
    const xml = ciiXml(invoice("German regular business")).replace("<ram:ApplicableHeaderTradeDelivery/>", "");
    expect(await ciiSchemaErrors(xml)).not.toEqual([]);
  });
  test("a wrong total is noticed by the rules", () => {
    const xml = ciiXml(invoice("German regular business")).replace(/<ram:GrandTotalAmount>[^<]*/, "<ram:GrandTotalAmount>1.00");
    expect(en16931Findings(xml).fatal).not.toEqual([]);
  });
});

function invoice(name: string) {
  const found = sampleInvoices[name];
  if (!found) throw new Error(`no sample ${name}`);
  return found;
}
