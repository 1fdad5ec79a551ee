import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instant, type OrgId } from "@biotop/kernel";
import { createHttpServer, type Principal } from "@biotop/platform/http";
import { createLog } from "@biotop/platform/log";
import { openTestStore, type TestStore, testClock, testIds } from "@biotop/testing";
import { parseRouteTable, type RouteTable } from "@biotop/tracking-protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTrackingModule, edgeFiles } from "../src/module.ts";
import { publishIfWanted } from "../src/usecases/publish-route-table.ts";

let store: TestStore;
let dataDir: string;
let app: Awaited<ReturnType<typeof createHttpServer>>;
let tracking: ReturnType<typeof createTrackingModule>;
let deps: Parameters<typeof createTrackingModule>[0];
const log = createLog({ level: "silent", name: "test" });
const at = instant("2026-01-15T10:00:00Z");

beforeEach(async () => {
  store = await openTestStore();
  dataDir = await mkdtemp(join(tmpdir(), "biotop-tracking-"));
  deps = {
    db: store.db,
    clock: testClock(at),
    ids: testIds(),
    log,
    edgeUrl: "https://go.shop.example",
    lastOrders: async () => new Map(),
    edgeFiles: edgeFiles({ dataDir, clickKeys: [{ kid: "1", secret: "s".repeat(43) }], nowMs: () => Date.parse(at) }),
    loaderStatus: () => ({ lagMs: 0, clicksLoaded: 0, tornTails: 0 }),
    realNow: () => at,
  };
  tracking = createTrackingModule(deps);
  app = await createHttpServer(
    { log, db: store.db, resolvePrincipal: async (headers) => principalOf(headers["x-org"]), trustedProxies: [] },
    tracking.routes,
  );
  await givenProgrammes();
});
afterEach(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
  await store.close();
});

function principalOf(org: string | undefined): Principal {
  return { kind: "user", user: "usr_1", org: (org ?? "org_p") as OrgId, scopes: new Set(["links:read", "links:write"]), isFresh: false };
}

/** prg_1 stands open to everybody, prg_2 asks for a contract; both are Mugs'. */
async function givenProgrammes(): Promise<void> {
  await store.db.inTransaction("system", async (tx) => {
    await tx.query(
      `insert into directory.organisation (id, name, country, language, time_zone, is_operator, created_at)
       values ('org_m', 'Mugs Ltd', 'DE', 'de', 'Europe/Berlin', true, $1), ('org_p', 'Blog', 'DE', 'de', 'Europe/Berlin', false, $1)`,
      [at],
    );
    await tx.query(
      `insert into contracts.programme (id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at)
       values ('prg_1', 'org_m', 'Mugs', 'https://mugs.example/', '{mugs.example}', 'EUR', 'Europe/Berlin', 'strict', 'active', $1),
         ('prg_2', 'org_m', 'Closed', 'https://closed.example/', '{closed.example}', 'EUR', 'Europe/Berlin', 'strict', 'active', $1)`,
      [at],
    );
    await tx.query(
      `insert into contracts.offer (id, programme_id, org_id, title, terms, parties, is_open, state, visible_to, created_at)
       values ('off_1', 'prg_1', 'org_m', 'Open', '{}', '[]', true, 'published', '{}', $1)`,
      [at],
    );
  });
}

async function call(method: "GET" | "POST" | "PATCH", url: string, body?: object, org = "org_p") {
  const answer = await app.inject({ method, url, headers: { "x-org": org }, ...(body ? { payload: body } : {}) });
  return { status: answer.statusCode, body: answer.json() };
}

async function routeTable(): Promise<RouteTable> {
  const parsed = parseRouteTable(await readFile(join(dataDir, "route-table", "current.json"), "utf8"));
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

describe("links", () => {
  test("are made by pasting an address, shown to partner and merchant, and learnt by the edges", async () => {
    const made = await call("POST", "/v1/links/quick", { url: "https://www.mugs.example/blue?x=1" });
    expect(made).toMatchObject({
      status: 201,
      body: {
        programme: { name: "Mugs" },
        merchant: { name: "Mugs Ltd" },
        targetUrl: "https://www.mugs.example/blue?x=1",
        state: "active",
        can: { change: true },
      },
    });
    expect(made.body.url).toBe(`https://go.shop.example/c/${made.body.key}`);

    expect(await publishIfWanted(deps)).toBe(true);
    expect(await publishIfWanted(deps)).toBe(false);
    expect(await routeTable()).toMatchObject({
      version: 1,
      clock: { mode: "manual", at },
      links: [{ key: made.body.key, partner: "org_p", target: "https://www.mugs.example/blue?x=1" }],
      programmes: [{ id: "prg_1", clickParameter: "bk", cookieDays: 30 }, { id: "prg_2" }],
    });
    const ofMerchant = await call("GET", "/v1/links", undefined, "org_m");
    expect(ofMerchant.body.rows).toMatchObject([{ id: made.body.id, can: { change: false } }]);
    expect((await call("GET", "/v1/links", undefined, "org_x")).body.rows).toEqual([]);
  });

  test("are refused with a reason that says what to do", async () => {
    expect(await call("POST", "/v1/links/quick", { url: "https://elsewhere.example/" })).toMatchObject({
      status: 404,
      body: { kind: "no-programme-for-host" },
    });
    expect(await call("POST", "/v1/links/quick", { url: "https://closed.example/" })).toMatchObject({
      status: 403,
      body: { kind: "programme-not-joined", programmeName: "Closed" },
    });
    expect(await call("POST", "/v1/links", { programme: "prg_1", targetUrl: "https://evil.example/" })).toMatchObject({
      status: 422,
      body: { kind: "target-not-allowed", host: "evil.example", hosts: ["mugs.example"] },
    });
    expect(await call("POST", "/v1/links", { programme: "prg_9" })).toMatchObject({ status: 404 });
  });

  test("are changed by their partner only; a paused one is told to the edges as paused", async () => {
    const { body: link } = await call("POST", "/v1/links", { programme: "prg_1", subIds: { sub1: "blog" } });
    expect(link).toMatchObject({ targetUrl: "https://mugs.example/", label: "mugs.example" });
    expect((await call("PATCH", `/v1/links/${link.id}`, { state: "paused" }, "org_m")).status).toBe(403);
    expect((await call("PATCH", `/v1/links/${link.id}`, { state: "paused" }, "org_x")).status).toBe(404);
    expect((await call("PATCH", `/v1/links/${link.id}`, { targetUrl: "https://evil.example/" })).status).toBe(422);
    expect((await call("PATCH", `/v1/links/${link.id}`, { state: "paused", label: "Old" })).body).toMatchObject({
      state: "paused",
      label: "Old",
    });
    await tracking.routeTable.publish();
    expect((await routeTable()).links).toMatchObject([{ key: link.key, state: "paused", subIds: { sub1: "blog" } }]);
  });
});

test("the route table's version rises, also when the store is older than the file", async () => {
  expect(await tracking.routeTable.publish()).toBe(1);
  const table = await routeTable();
  await writeFile(join(dataDir, "route-table", "current.json"), JSON.stringify({ ...table, version: 40 }));
  expect(await tracking.routeTable.publish()).toBe(41);
});

test("a new link is in the table of a running publisher within two seconds", async () => {
  tracking.routeTable.start();
  try {
    await expect.poll(async () => (await routeTable().catch(() => undefined))?.version, { timeout: 5000 }).toBe(1);
    const { body: link } = await call("POST", "/v1/links", { programme: "prg_1" });
    await expect.poll(async () => (await routeTable()).links.map((each) => each.key), { timeout: 2000, interval: 50 }).toEqual([link.key]);
  } finally {
    await tracking.routeTable.stop();
  }
});

test("health shows a merchant its programmes and the operator its edges", async () => {
  const { body } = await call("GET", "/v1/tracking/health", undefined, "org_m");
  expect(body).toMatchObject({
    programmes: [
      { programme: { id: "prg_1", name: "Mugs" }, role: "merchant", state: "silent", clicks: 0 },
      { programme: { id: "prg_2" } },
    ],
    operation: { edges: [], loader: { lagMs: 0 } },
  });
  expect((await call("GET", "/v1/tracking/health")).body).toEqual({ programmes: [], operation: null });
});
