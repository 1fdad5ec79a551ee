import { currency, instant, type LocalDate, money } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { bankId, bankText } from "../src/domain/bank-text.ts";
import { type CreditTransfer, pain001Xml } from "../src/domain/pain001.ts";
import { hasOfficialMaterial, pain001SchemaErrors } from "./official-material.ts";

const euro = currency("EUR");
const names = ["Blühende Seiten & Söhne GmbH", "Łódź Média – Straße ß é", "氏名 Ltd.", "A".repeat(100)];
const countries = ["DE", "CH", "PL", "GB"];

const transfers: readonly CreditTransfer[] = names.map((holder, index) => ({
  id: `pay_01kaq0000000000000000000${index}x`,
  holder,
  iban: "DE89370400440532013000",
  city: "Zürich",
  country: countries[index] ?? "DE",
  amount: money(euro, [1n, 99_999_999_999n, 1_010n, 33n][index] ?? 1n),
  reference: `Gutschrift GS-2011-00000${index} Größe Ärger ${"lang ".repeat(40)}`,
}));

const file = pain001Xml({
  id: "run_01kaq0000000000000000000zz",
  createdAt: instant("2011-02-01T09:00:00Z"),
  executedOn: "2011-02-02" as LocalDate,
  payer: { holder: "Gartenlust & Söhne GmbH", iban: "DE02120300000000202051" },
  transfers,
});

describe("pain001Xml", () => {
  test.runIf(hasOfficialMaterial)("is valid against the schema of ISO 20022", async () => {
    expect(await pain001SchemaErrors(file)).toEqual([]);
  });
  test("control sums are exact, in the header and in the payment", () => {
    expect([...file.matchAll(/<CtrlSum>([^<]*)/g)].map((match) => match[1])).toEqual(["1000000010.43", "1000000010.43"]);
    expect([...file.matchAll(/<NbOfTxs>([^<]*)/g)].map((match) => match[1])).toEqual(["4", "4"]);
  });
  test("texts keep to the characters and lengths that banks take", () => {
    const texts = [...file.matchAll(/<(?:Nm|Ustrd|MsgId|EndToEndId|TwnNm)>([^<]*)</g)].map((match) => match[1] ?? "");
    for (const text of texts) expect(text).toMatch(/^[a-zA-Z0-9/\-?:().,'+ ]{1,140}$/);
    expect(file).toContain("<Nm>Bluehende Seiten + Soehne GmbH</Nm>");
    expect(file).toContain("<Nm>Lodz Media - Strasse ss e</Nm>");
    expect(file).toContain("<TwnNm>Zuerich</TwnNm>");
  });
  test("payees in the EEA are sent without an address", () => {
    expect([...file.matchAll(/<PstlAdr>/g)]).toHaveLength(2);
  });
});

describe("bankText and bankId", () => {
  test("German letters are written out and ids lose their underscore", () => {
    expect(bankText("Äpfel, Öl & Übergröße", 70)).toBe("Aepfel, Oel + Uebergroesse");
    expect(bankId("run_01kaq")).toBe("RUN01KAQ");
  });
});
