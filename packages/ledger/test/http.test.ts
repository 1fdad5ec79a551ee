import { currency, instant, type OrgId, ok, type UserId } from "@biotop/kernel";
import { createEgress, type Egress } from "@biotop/platform/egress";
import type { Principal } from "@biotop/platform/http";
import { createLog } from "@biotop/platform/log";
import type { ContextModule } from "@biotop/platform/module";
import { openTestStore, type TestStore } from "@biotop/testing";
import { scopes } from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { post, raise } from "../src/index.ts";
import { createLedgerModule } from "../src/module.ts";

const payer: OrgId = "org_payer";
const payee: OrgId = "org_payee";

let store: TestStore;
let module: ContextModule;
beforeAll(async () => {
  store = await openTestStore();
  module = createLedgerModule({
    db: store.db,
    log: createLog({ level: "silent", name: "test" }),
    egress: createEgress(async () => []),
    organisationNames: async (ids) => new Map(ids.map((id) => [id, `Name of ${id}`])),
  });
  await store.db.inTransaction("system", async (tx) => {
    const claim = { payer, payee, currency: currency("EUR") };
    for (const [index, minor] of [500n, 250n].entries())
      await post(tx, [
        {
          idempotencyKey: `cnv_${index}/1`,
          cause: { kind: "accrue", ref: `cnv_${index}` },
          effectiveAt: instant(`2026-01-1${index}T10:00:00Z`),
          postings: raise(claim, "open", minor),
        },
      ]);
  });
});
afterAll(() => store.close());

function personOf(org: OrgId): Principal {
  return { kind: "user", user: "usr_1" as UserId, org, scopes: new Set(scopes), isFresh: false };
}

async function ask(org: OrgId, id: string, input: { readonly query?: unknown; readonly body?: unknown } = {}) {
  const route = module.routes.find(({ endpoint }) => endpoint.id === id);
  if (!route) throw new Error(`no route ${id}`);
  const { endpoint, handler } = route;
  const decoded = { query: endpoint.query?.parse(input.query ?? {}), body: endpoint.body?.parse(input.body ?? {}) };
  const run = handler as (given: unknown) => ReturnType<typeof handler>;
  const result = await run({ principal: personOf(org), language: "en", requestId: "r", address: "", userAgent: "", ...decoded });
  return result.ok ? z.encode(endpoint.answer, result.value as never) : { problem: result.error.kind };
}

describe("the ledger's views", () => {
  test("each side sees its own accounts, with names and labels", async () => {
    expect(await ask(payer, "listBalances")).toMatchObject({
      rows: [
        {
          code: "memo:accrued",
          owner: { id: payer },
          counterparty: { name: `Name of ${payee}` },
          balance: { minor: "750" },
          postings: "2",
        },
      ],
    });
    expect(await ask(payee, "listBalances", { query: { code: "memo:pending" } })).toMatchObject({
      rows: [{ label: { en: "Pending" }, balance: { currency: "EUR", minor: "-750" } }],
    });
    expect(await ask("org_nobody", "listBalances")).toEqual({ rows: [] });
  });

  test("entries come newest first, page by page", async () => {
    const first = await ask(payee, "listLedgerEntries", { query: { limit: "1" } });
    expect(first).toMatchObject({
      rows: [{ cause: { kind: "accrue", ref: "cnv_1" }, postings: [{ code: "memo:pending", amount: { minor: "-250" } }] }],
    });
    const after = (first as { next: string }).next;
    expect(await ask(payee, "listLedgerEntries", { query: { limit: "1", after } })).toMatchObject({
      rows: [{ cause: { ref: "cnv_0" } }],
      next: null,
    });
    expect(await ask("org_nobody", "listLedgerEntries")).toEqual({ rows: [], next: null });
  });

  test("the trial balance sums up to zero", async () => {
    expect(await ask(payer, "trialBalance")).toMatchObject({
      currencies: [{ currency: "EUR", debitMinor: "750", creditMinor: "750", differenceMinor: "0", entries: "2", postings: "4" }],
    });
  });

  test("rates are imported and listed", async () => {
    const csv = "Date,USD,GBP\n2026-01-15,1.1500,0.8000\n2026-01-14,1.14,N/A\n";
    expect(await ask(payer, "importRates", { body: { csv } })).toEqual({ added: 3, known: 0, days: 2, errors: [] });
    expect(await ask(payer, "importRates", { body: { csv: "nonsense" } })).toEqual({ problem: "rates-not-readable" });
    expect(await ask(payer, "listRates", { query: { currency: "USD" } })).toEqual({
      newest: "2026-01-15",
      rows: [
        { date: "2026-01-15", currency: "USD", perEuro: "1.15", source: "ECB" },
        { date: "2026-01-14", currency: "USD", perEuro: "1.14", source: "ECB" },
      ],
    });
  });

  test("the daily fetch reads the central bank's file", async () => {
    const xml = "<Cube><Cube time='2026-01-16'><Cube currency='CHF' rate='0.9312'/></Cube></Cube>";
    const asked: string[] = [];
    const egress: Egress = async ({ url }) => {
      asked.push(url);
      return ok({ status: 200, body: Buffer.from(xml), contentType: "text/xml" });
    };
    const log = createLog({ level: "silent", name: "test" });
    const fetching = createLedgerModule({ db: store.db, log, egress, organisationNames: async () => new Map() });
    await fetching.jobs[0]?.run({});
    expect(asked).toEqual(["https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml"]);
    expect(await ask(payer, "listRates", { query: { currency: "CHF" } })).toMatchObject({
      rows: [{ date: "2026-01-16", perEuro: "0.9312" }],
    });
  });

  test("the daily fetch only logs when the network does not allow it", async () => {
    const [job] = module.jobs;
    await expect(job?.run({})).resolves.toBeUndefined();
  });
});
