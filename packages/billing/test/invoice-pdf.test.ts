import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { invoicePdf } from "../src/pdf/invoice-pdf.ts";
import { sampleInvoices } from "./sample-invoices.ts";

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("invoicePdf", () => {
  test("the same invoice gives the same bytes, with embedded fonts", async () => {
    for (const invoice of Object.values(sampleInvoices).slice(0, 3)) {
      const first = await invoicePdf(invoice);
      expect(hash(await invoicePdf(invoice))).toBe(hash(first));
      expect(Buffer.from(first).toString("latin1")).toContain("/FontFile2");
    }
  });
  test("many positions flow over numbered pages", async () => {
    const [sample] = Object.values(sampleInvoices);
    if (!sample) throw new Error("no sample");
    const lines = Array.from({ length: 120 }, (_, index) => ({ ...sample.lines[0], position: index + 1 })) as typeof sample.lines;
    const text = Buffer.from(await invoicePdf({ ...sample, lines })).toString("latin1");
    expect([...text.matchAll(/\/Type \/Page\b(?!s)/g)].length).toBeGreaterThan(4);
  });
});
