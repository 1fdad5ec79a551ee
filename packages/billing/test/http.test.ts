import { present } from "@biotop/kernel";
import { createHttpServer, type Principal } from "@biotop/platform/http";
import { createLog } from "@biotop/platform/log";
import type { Scope } from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { approvePayoutRun, exportPayoutRun } from "../src/usecases/payout-run.ts";
import { austrian, documentsOf, type FinanceFloor, german, merchant, openFinanceFloor, person } from "./finance-floor.ts";

type App = Awaited<ReturnType<typeof createHttpServer>>;
type Answer = { readonly status: number; readonly text: string; readonly json: Record<string, unknown>; readonly type: string };

let floor: FinanceFloor;
let app: App;
beforeAll(async () => {
  floor = await openFinanceFloor();
  await floor.line({ payee: german, minor: 10_000n, at: "2010-12-10T10:00:00Z" });
  await floor.line({ payee: austrian, minor: 5_000n, at: "2010-12-10T10:00:00Z" });
  await floor.passTo("2011-01-10T09:00:00Z");
  const log = createLog({ level: "silent", name: "test" });
  app = await createHttpServer({ log, db: floor.store.db, resolvePrincipal: async (headers) => callerOf(headers), trustedProxies: [] }, [
    ...floor.module.routes,
  ]);
});
afterAll(async () => {
  await app.close();
  await floor.close();
});

const scopes: ReadonlySet<Scope> = new Set(["billing:read", "billing:write", "payouts:approve"]);

function callerOf(headers: Readonly<Record<string, string | undefined>>): Principal {
  const org = headers["x-org"] as Principal extends { org?: infer O } ? O : never;
  return { kind: "key", key: `key_${headers["x-key"] ?? "one"}`, org, scopes };
}

async function call(org: string, method: "GET" | "POST" | "PUT", url: string, payload?: object, key = "one"): Promise<Answer> {
  const answer = await app.inject({ method, url, headers: { "x-org": org, "x-key": key }, ...(payload ? { payload } : {}) });
  const type = String(answer.headers["content-type"]);
  return { status: answer.statusCode, text: answer.body, json: type.includes("json") ? JSON.parse(answer.body) : {}, type };
}

describe("billing over HTTP", () => {
  test("lists, shows and hands out documents to both parties", async () => {
    const issued = await call(merchant, "GET", "/v1/documents?side=issued&limit=1");
    expect(issued.json).toMatchObject({ rows: [{ kind: "self-billing-invoice", issuer: { name: "Gartenlust GmbH" } }] });
    expect(issued.json["next"]).toMatch(/^doc_/);
    const received = await call(german, "GET", "/v1/documents");
    const [row] = received.json["rows"] as { id: string; gross: object }[];
    expect(row).toMatchObject({ gross: { currency: "EUR", minor: "11900" } });

    const detail = await call(german, "GET", `/v1/documents/${row?.id}`);
    expect(detail.json).toMatchObject({ vatBreakdown: [{ category: "S", ratePpm: "190000" }], lines: [{ position: 1, corrects: null }] });
    const pdf = await call(german, "GET", `/v1/documents/${row?.id}/files/pdf`);
    expect([pdf.status, pdf.type, pdf.text.slice(0, 5)]).toEqual([200, "application/pdf", "%PDF-"]);
    expect(await call(austrian, "GET", `/v1/documents/${row?.id}`)).toMatchObject({ status: 404, json: { kind: "not-found" } });
  });

  test("the month end's run is approved by a key and downloaded once and again", async () => {
    const runs = await call(merchant, "GET", "/v1/payout-runs?state=draft");
    const [run] = runs.json["rows"] as { id: string; can: object; isPreparedBySystem: boolean }[];
    expect(run).toMatchObject({ isPreparedBySystem: true, can: { approve: true, cancel: true, download: false } });
    const id = present(run, "a run is prepared").id;
    const detail = await call(merchant, "GET", `/v1/payout-runs/${id}`);
    const approved = await call(merchant, "POST", `/v1/payout-runs/${id}/approve`, { hash: detail.json["hash"] });
    expect(approved.json).toMatchObject({ state: "approved", approvedBy: { id: "key_one" }, can: { download: true } });
    const first = await call(merchant, "POST", `/v1/payout-runs/${id}/file`);
    const again = await call(merchant, "POST", `/v1/payout-runs/${id}/file`, undefined, "other");
    expect(first.text).toContain("<CtrlSum>169.00</CtrlSum>");
    expect(again.text).toBe(first.text);
    expect(await call(german, "GET", "/v1/earnings")).toMatchObject({
      json: { totals: [{ paid: { minor: "11900" }, payable: { minor: "0" } }], payouts: [{ payer: { name: "Gartenlust GmbH" } }] },
    });
  });

  test("says what an unpaid document lacks, in both languages", async () => {
    await floor.line({ payee: german, minor: 1_000n, at: "2011-01-15T10:00:00Z" });
    await floor.system((tx) =>
      tx.query("update directory.bank_account set iban = null, account_text = 'x', currency = 'USD' where org_id = $1", [german]),
    );
    await floor.passTo("2011-02-02T09:00:00Z");
    const payables = await call(merchant, "GET", "/v1/payables");
    expect(payables.json).toMatchObject({
      rows: [
        {
          isReady: false,
          waiting: [{ kind: "bank-account-missing", whose: german, text: { de: "Die Bankverbindung des Empfängers fehlt" } }],
        },
      ],
    });
    expect(await call(german, "GET", "/v1/earnings")).toMatchObject({
      json: { rows: [{ state: "payable", expectedOn: null, waiting: [{ kind: "bank-account-missing" }] }] },
    });
    const created = await call(merchant, "POST", "/v1/payout-runs", { currency: "EUR" });
    expect(created).toMatchObject({ status: 409, json: { kind: "nothing-to-pay" } });
  });

  test("settings are kept, and a wrong field is named", async () => {
    expect((await call(merchant, "GET", "/v1/payout-settings")).json).toEqual({ autoPrepareRun: true });
    expect((await call(merchant, "PUT", "/v1/payout-settings", { autoPrepareRun: false })).json).toEqual({ autoPrepareRun: false });
    const wrong = await call(merchant, "PUT", "/v1/payout-settings", { autoPrepareRun: "no" });
    expect(wrong).toMatchObject({ status: 422, json: { errors: [{ pointer: "/autoPrepareRun" }] } });
    expect((await documentsOf(floor)).length).toBe(3);
    const foreign = { org: german, principal: person(german, "usr_x"), run: "run_unknown" as const };
    expect(await exportPayoutRun(floor.deps, foreign)).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(await approvePayoutRun(floor.deps, { ...foreign, hash: "" })).toMatchObject({ ok: false, error: { kind: "not-found" } });
  });
});
