import { currency } from "@biotop/kernel";
import { importRates, trialBalance } from "@biotop/ledger";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentById } from "../src/db/document-reading.ts";
import { filesOf } from "../src/usecases/issue-statement.ts";
import { readDocumentFile, readWaiting } from "../src/usecases/reading.ts";
import {
  agency,
  austrian,
  brokenInvariants,
  contract,
  documentsOf,
  type FinanceFloor,
  german,
  giveAccount,
  merchant,
  openFinanceFloor,
  small,
  swiss,
} from "./finance-floor.ts";
import { ciiSchemaErrors, hasOfficialMaterial } from "./official-material.ts";

let floor: FinanceFloor;
beforeAll(async () => {
  floor = await openFinanceFloor();
});
afterAll(() => floor.close());

describe("a month end", () => {
  test("issues one document for each payee, with the VAT of its situation and numbers without a gap", async () => {
    await floor.line({ payee: german, minor: 10_050n, at: "2010-12-10T10:00:00Z" });
    await floor.line({ payee: german, minor: 1n, at: "2010-12-31T22:59:59Z" });
    await floor.line({ payee: german, minor: 500n, at: "2010-12-31T23:00:00Z" });
    for (const payee of [small, austrian, swiss]) await floor.line({ payee, minor: 7_777n, at: "2010-12-11T10:00:00Z" });
    await floor.line({ payee: agency, minor: 999n, at: "2010-12-11T10:00:00Z", kind: "split:agency" });
    await floor.passTo("2010-12-31T22:59:59Z");
    expect(await documentsOf(floor)).toEqual([]);

    await floor.passTo("2011-01-01T12:00:00Z");
    const documents = await documentsOf(floor);
    expect(documents.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5].map((each) => `GS-2011-00000${each}`));
    const bySupplier = Object.fromEntries(documents.map(({ supplier, net, vat }) => [supplier, [net, vat]]));
    // 100.51 × 19 % = 19.0969; the line of the year's first instant (Berlin) belongs to January.
    expect(bySupplier).toEqual({
      [german]: [10_051n, 1_910n],
      [small]: [7_777n, 0n],
      [austrian]: [7_777n, 0n],
      [swiss]: [7_777n, 0n],
      [agency]: [999n, 190n],
    });
    expect(await brokenInvariants(floor)).toEqual([]);
  });

  test("archives files that come out the same when they are made again", async () => {
    for (const { id } of await documentsOf(floor)) {
      const document = await floor.system((tx) => documentById(tx, id));
      if (!document) throw new Error("the document is stored");
      const again = await filesOf(document.invoice);
      expect(again.map(({ format, sha256 }) => [format, sha256]).sort()).toEqual(
        document.files.map(({ format, sha256 }) => [format, sha256]).sort(),
      );
    }
  });

  test.runIf(hasOfficialMaterial)("its XML files are valid CII D16B", async () => {
    for (const { id } of await documentsOf(floor)) {
      const file = await readDocumentFile(floor.deps, merchant, id, "xml");
      const xml = file.ok ? Buffer.from(file.value.bytes).toString("utf8") : "";
      expect(await ciiSchemaErrors(xml)).toEqual([]);
    }
  });

  test("shows a document to its two parties and to nobody else", async () => {
    const [first] = await documentsOf(floor);
    if (!first) throw new Error("a document is stored");
    expect(await readDocumentFile(floor.deps, first.supplier, first.id, "pdf")).toMatchObject({ ok: true });
    expect(await readDocumentFile(floor.deps, "org_00stranger", first.id, "pdf")).toEqual({ ok: false, error: { kind: "not-found" } });
  });

  test("run again, it issues nothing more", async () => {
    const before = await documentsOf(floor);
    for (const { runDue } of floor.module.due) expect(await runDue(floor.clock.now())).toBe(0);
    expect(await documentsOf(floor)).toEqual(before);
  });
});

describe("a return after its document", () => {
  test("below zero issues nothing and is carried forward, never a negative document", async () => {
    const { rows } = await floor.system((tx) =>
      tx.query<{ id: `cml_${string}` }>("select id from transactions.commission_line where payee_org = $1 limit 1", [small]),
    );
    const corrected = rows[0]?.id;
    if (!corrected) throw new Error("the line is stored");
    await floor.line({ payee: small, minor: -700n, at: "2011-01-15T10:00:00Z", corrects: corrected });
    await floor.passTo("2011-02-02T00:00:00Z");
    expect((await documentsOf(floor)).filter(({ supplier }) => supplier === small)).toHaveLength(1);
    const waiting = (await readWaiting(floor.deps, small)).rows;
    expect(waiting).toMatchObject([{ payee: small, since: "2011-01", netMinor: -700n, reasons: [{ kind: "negative-balance" }] }]);
  });

  test("becomes a negative position that names document and position in the next one", async () => {
    await floor.line({ payee: small, minor: 2_000n, at: "2011-02-10T10:00:00Z" });
    await floor.passTo("2011-03-02T00:00:00Z");
    const latest = (await documentsOf(floor)).filter(({ supplier }) => supplier === small).at(-1);
    const document = await floor.system(async (tx) => latest && documentById(tx, latest.id));
    const first = (await documentsOf(floor)).find(({ supplier }) => supplier === small);
    expect(document?.invoice.totals.net.minor).toBe(1_300n);
    expect(document?.invoice.lines.map(({ net, corrects }) => [net.minor, corrects?.number ?? null, corrects?.position ?? null])).toEqual([
      [2_000n, null, null],
      [-700n, first?.number, 1],
    ]);
    expect((await readWaiting(floor.deps, small)).rows).toEqual([]);
    expect(await brokenInvariants(floor)).toEqual([]);
  });
});

describe("what is missing", () => {
  test("is named, and the document follows at the next month end", async () => {
    await floor.system((tx) => tx.query("update directory.legal_entity set vat_status = 'unknown' where org_id = $1", [german]));
    await floor.line({ payee: german, minor: 100n, at: "2011-03-10T10:00:00Z" });
    await floor.passTo("2011-04-02T00:00:00Z");
    expect((await readWaiting(floor.deps, german)).rows).toMatchObject([
      { netMinor: 100n, reasons: [{ kind: "vat-status-unknown", whose: german }] },
    ]);

    await floor.system((tx) => tx.query("update directory.legal_entity set vat_status = 'regular' where org_id = $1", [german]));
    expect((await readWaiting(floor.deps, german)).rows).toMatchObject([{ reasons: [] }]);
    await floor.passTo("2011-05-02T00:00:00Z");
    expect((await readWaiting(floor.deps, german)).rows).toEqual([]);
  });

  test("a German document in pounds waits for the rate of its day and then shows its VAT in euro, too", async () => {
    const pound = currency("GBP");
    await floor.system(async (tx) => {
      await contract(tx, german, pound, floor.clock.now());
      await giveAccount(tx, german, pound, floor.clock.now(), "GB29NWBK60161331926819");
    });
    await floor.line({ payee: german, minor: 10_000n, at: "2011-05-10T10:00:00Z", currency: "GBP" });
    await floor.passTo("2011-06-02T00:00:00Z");
    expect((await readWaiting(floor.deps, german)).rows).toMatchObject([{ currency: "GBP", reasons: [{ kind: "exchange-rate-missing" }] }]);

    await floor.system((tx) => importRates(tx, "Date,GBP\n2011-07-01,0.9\n2011-07-04,0.9\n"));
    await floor.passTo("2011-07-02T00:00:00Z");
    const latest = (await documentsOf(floor)).at(-1);
    const document = await floor.system(async (tx) => latest && documentById(tx, latest.id));
    expect(document?.invoice.accountingVat).toMatchObject({
      vat: { currency: "EUR", minor: 2_111n },
      rate: "1 EUR = 0.9 GBP",
      rateDate: "2011-07-01",
    });
    expect(await brokenInvariants(floor)).toEqual([]);
    const { currencies } = await floor.system(trialBalance);
    expect(currencies.every(({ differenceMinor }) => differenceMinor === 0n)).toBe(true);
  });
});
