import { currency, type OrgId, type TimeZone } from "@biotop/kernel";
import { createHttpServer, type Principal } from "@biotop/platform/http";
import { createLog } from "@biotop/platform/log";
import { openTestStore, type TestStore, testClock, testIds } from "@biotop/testing";
import type { Scope } from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMember, bankAccountOf, changeRole, createOrganisation, missingForPayout, removeMember, taxProfileOf } from "../src/index.ts";
import { createDirectoryModule } from "../src/module.ts";

const clock = testClock();
const ids = testIds();
const audited: string[] = [];
let store: TestStore;
let http: Awaited<ReturnType<typeof createHttpServer>>;
let own: OrgId;
let other: OrgId;
let scopes: readonly Scope[] = ["organisations:read", "organisations:write"];

const module = () =>
  createDirectoryModule({
    db: store.db,
    clock,
    ids,
    audit: async (_tx, { action, facts }) => void audited.push(`${action} ${JSON.stringify(facts)}`),
  });

beforeAll(async () => {
  store = await openTestStore();
  const resolvePrincipal = async (): Promise<Principal> => ({ kind: "key", key: "key_1", org: own, scopes: new Set(scopes) });
  const log = createLog({ level: "silent", name: "test" });
  http = await createHttpServer({ log, db: store.db, resolvePrincipal, trustedProxies: [] }, module().routes);
  own = await organisation("Own 100% Ltd");
  other = await organisation("Other");
});
afterAll(async () => {
  await http.close();
  await store.close();
});

describe("legal and tax data", () => {
  const address = { legalName: "Own Ltd", street: "Weg 1", postalCode: "1010", city: "Wien", country: "AT" };

  test("are kept, checked and named when they are missing", async () => {
    expect(await ask("GET", "/v1/completeness")).toMatchObject({
      isComplete: false,
      missing: [{ purpose: "documents", field: "legalEntity" }, { field: "bankAccount.EUR" }],
    });
    const wrong = await ask("PUT", "/v1/legal-entity", { ...address, vatStatus: "regular", vatId: "DE123456789" });
    expect(wrong).toMatchObject({ kind: "vat-id-invalid", errors: [{ pointer: "/vatId" }] });
    const saved = await ask("PUT", "/v1/legal-entity", {
      ...address,
      vatStatus: "regular",
      vatId: "ATU 12345678",
      vatStatusSince: "2020-01-01",
    });
    expect(saved).toMatchObject({ vatId: "ATU12345678", vatStatusSince: "2020-01-01", changedAt: clock.now() });
    expect(await ask("GET", "/v1/legal-entity")).toMatchObject({ legalEntity: { city: "Wien" }, can: { update: true } });
    const seen = await store.db.inTransaction("system", (tx) => taxProfileOf(tx, own));
    expect(seen).toMatchObject({ org: own, vatStatus: "regular", vatId: "ATU12345678" });
    expect(await store.db.inTransaction({ org: other }, (tx) => taxProfileOf(tx, own))).toBeUndefined();
  });
});

describe("bank accounts", () => {
  test("are checked, kept for each currency and audited by their ending only", async () => {
    expect(await ask("PUT", "/v1/bank-accounts/EUR", { holder: "Own", iban: "DE89 3704 0044 0532 0130 01" })).toMatchObject({
      kind: "iban-invalid",
      errors: [{ pointer: "/iban" }],
    });
    expect(await ask("PUT", "/v1/bank-accounts/EUR", { holder: "Own", accountText: "cash" })).toMatchObject({ kind: "iban-needed" });
    await ask("PUT", "/v1/bank-accounts/EUR", { holder: "Own", iban: "DE89 3704 0044 0532 0130 00", bic: "COBADEFFXXX" });
    await ask("PUT", "/v1/bank-accounts/GBP", { holder: "Own", accountText: "Sort code 12-34-56, account 12345678" });
    expect(await ask("GET", "/v1/bank-accounts")).toMatchObject({
      rows: [
        { currency: "EUR", iban: "DE89370400440532013000", bic: "COBADEFFXXX" },
        { currency: "GBP", iban: null },
      ],
    });
    expect(audited.filter((line) => line.startsWith("bank-account"))).toEqual([
      'bank-account.changed {"currency":"EUR","ending":"…3000","endingBefore":null}',
      'bank-account.changed {"currency":"GBP","ending":"by hand","endingBefore":null}',
    ]);
    expect(await ask("GET", "/v1/completeness?currency=GBP")).toMatchObject({ isComplete: true });
    const gbp = currency("GBP");
    expect(await store.db.inTransaction("system", (tx) => bankAccountOf(tx, own, gbp))).toMatchObject({ holder: "Own" });
    expect(await store.db.inTransaction({ org: other }, (tx) => bankAccountOf(tx, own, gbp))).toBeUndefined();
    expect(await store.db.inTransaction("system", (tx) => missingForPayout(tx, other, [gbp]))).toHaveLength(2);
  });

  test("without an IBAN in euro are refused by the database", async () => {
    const insert = store.db.inTransaction("system", (tx) =>
      tx.query(
        "insert into directory.bank_account (org_id, currency, holder, account_text, changed_at) values ($1, 'EUR', 'x', 'cash', $2)",
        [other, clock.now()],
      ),
    );
    await expect(insert).rejects.toThrow(/account_reachable/);
  });
});

describe("organisations", () => {
  test("are found by a part of the name, page by page; signs of the search language are plain text", async () => {
    expect(await ask("GET", "/v1/organisations?search=100%25")).toMatchObject({ rows: [{ name: "Own 100% Ltd" }], next: null });
    expect(await ask("GET", "/v1/organisations?search=1_0")).toMatchObject({ rows: [] });
    const first = await ask("GET", "/v1/organisations?limit=1");
    expect(first).toMatchObject({ rows: [{ id: other }], next: other });
    expect(await ask("GET", `/v1/organisations?limit=1&after=${other}`)).toMatchObject({ rows: [{ id: own }], next: null });
  });

  test("change their own data only, and only with the right to", async () => {
    expect(await ask("PATCH", `/v1/organisations/${own}`, { capabilities: ["sell", "sell", "promote"] })).toMatchObject({
      capabilities: ["sell", "promote"],
      can: { update: true },
    });
    expect(await ask("PATCH", `/v1/organisations/${other}`, { name: "Mine" })).toMatchObject({ kind: "not-found" });
    scopes = ["organisations:read"];
    expect(await ask("PATCH", `/v1/organisations/${own}`, { name: "New" })).toMatchObject({ kind: "not-allowed" });
    scopes = ["organisations:read", "organisations:write"];
  });

  test("at most one operates the instance", async () => {
    await organisation("Operator", true);
    await expect(organisation("Second operator", true)).rejects.toThrow(/organisation_one_operator/);
  });

  test("keep an owner, and count their members", async () => {
    const since = clock.now();
    const done = await store.db.inTransaction({ org: own }, async (tx) => {
      await addMember(tx, { org: own, user: "usr_1", role: "owner", since });
      await addMember(tx, { org: own, user: "usr_2", role: "viewer", since });
      return [
        await removeMember(tx, own, "usr_1"),
        await changeRole(tx, own, "usr_1", "admin"),
        await changeRole(tx, own, "usr_2", "owner"),
        await removeMember(tx, own, "usr_1"),
      ];
    });
    expect(done).toEqual(["last-owner", "last-owner", "changed", "removed"]);
    expect(await ask("GET", `/v1/organisations/${own}`)).toMatchObject({ hasOneMember: true });
    for (const { id, violations } of module().invariants) expect(await store.db.inTransaction("system", violations), id).toEqual([]);
  });

  test("show their properties to everybody", async () => {
    const blog = { name: "Blog", url: "https://blog.example/", type: "content" };
    expect(await ask("POST", "/v1/properties", blog)).toMatchObject(blog);
    expect(await ask("POST", "/v1/properties", blog)).toMatchObject({ kind: "property-exists" });
    expect(await ask("POST", "/v1/properties", { ...blog, url: "javascript:alert(1)" })).toMatchObject({ kind: "invalid-request" });
    expect(await ask("GET", "/v1/properties")).toMatchObject({ rows: [blog], can: { create: true } });
    expect(await ask("GET", `/v1/properties?organisation=${other}`)).toMatchObject({ rows: [], can: { create: false } });
  });
});

function organisation(name: string, isOperator = false): Promise<OrgId> {
  return store.db.inTransaction("system", async (tx) => {
    const timeZone = "Europe/Vienna" as TimeZone;
    const made = await createOrganisation({ clock, ids }, tx, {
      name,
      country: "AT",
      language: "de",
      timeZone,
      capabilities: [],
      isOperator,
    });
    return made.id;
  });
}

async function ask(method: "GET" | "PUT" | "POST" | "PATCH", url: string, payload?: object): Promise<unknown> {
  return (await http.inject({ method, url, ...(payload ? { payload } : {}) })).json();
}
