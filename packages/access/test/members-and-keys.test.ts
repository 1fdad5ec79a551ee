import { readFile } from "node:fs/promises";
import { type Instant, instant, type OrgId, plusDays } from "@biotop/kernel";
import { openLibraryPool } from "@biotop/platform/db";
import type { Client, CookieJar } from "@biotop/sdk";
import {
  acceptInvitation,
  createKey,
  createOrganisation,
  getInvitation,
  getSession,
  grantSigningAuthority,
  inviteMember,
  invitePartners,
  listAuditLog,
  listInvitations,
  listKeys,
  listMembers,
  removeMember,
  revokeInvitation,
  revokeKey,
  revokeSigningAuthority,
} from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signingAuthorityOf } from "../src/index.ts";
import { edgeKeyVerifiers } from "../src/queries.ts";
import { enrolTotp, openTestApp, password, registerOwner, setUpInstance, type TestApp } from "./app.ts";

let app: TestApp;
let operatorKey: string;
let merchant: { readonly owner: Client; readonly jar: CookieJar; readonly org: OrgId };

beforeAll(async () => {
  app = await openTestApp();
  operatorKey = (await setUpInstance(app)).key;
  merchant = await registerOwner(app, operatorKey, "Merchant");
});
afterAll(() => app.close());

describe("inviting members", () => {
  test("the answer carries the link; the invited person signs up and joins with the role", async () => {
    const sent = await merchant.owner.call(inviteMember, { body: { email: "Fin@merchant.example", role: "finance", language: "de" } });
    if (!sent.ok) throw new Error(sent.error.kind);
    expect(app.mails.at(-1)).toMatchObject({ to: "fin@merchant.example", language: "de", link: sent.value.link });
    const { token } = sent.value;
    const stranger = app.stranger();
    expect(await stranger.call(getInvitation, { params: { token } })).toMatchObject({
      value: { kind: "member", role: "finance", invitedBy: { name: "Merchant" }, hasAccount: false, isForMe: false },
    });
    const bare = await stranger.call(acceptInvitation, { params: { token }, body: {} });
    expect(bare).toMatchObject({ error: { kind: "invalid-request", errors: [{ pointer: "/name" }, { pointer: "/password" }] } });
    const joined = await stranger.call(acceptInvitation, { params: { token }, body: { name: "Fin", password } });
    expect(joined).toMatchObject({
      value: { organisation: merchant.org, session: { user: { language: "de" }, organisations: [{ role: "finance" }] } },
    });
    expect(await stranger.call(acceptInvitation, { params: { token }, body: {} })).toMatchObject({ error: { kind: "invitation-used" } });
    expect(await merchant.owner.call(inviteMember, { body: { email: "fin@merchant.example", role: "viewer" } })).toMatchObject({
      error: { kind: "already-member" },
    });
  });

  test("an expired, a withdrawn and an unknown invitation say what they are", async () => {
    const expired = await merchant.owner.call(inviteMember, { body: { email: "late@merchant.example", role: "viewer" } });
    const withdrawn = await merchant.owner.call(inviteMember, { body: { email: "gone@merchant.example", role: "viewer" } });
    if (!expired.ok || !withdrawn.ok) throw new Error("not sent");
    await app.store.db.inTransaction("system", (tx) =>
      tx.query("update access.invitation set expires_at = '2020-01-01' where id = $1", [expired.value.invitation.id]),
    );
    await merchant.owner.call(revokeInvitation, { params: { invitationId: withdrawn.value.invitation.id } });
    const open = (token: string) => app.stranger().call(getInvitation, { params: { token } });
    expect(await open(expired.value.token)).toMatchObject({ error: { kind: "invitation-expired" } });
    expect(await open(withdrawn.value.token)).toMatchObject({ error: { kind: "invitation-revoked" } });
    expect(await open("unknown")).toMatchObject({ error: { kind: "not-found" } });
    const listed = await merchant.owner.call(listInvitations, { query: { kind: "member" } });
    expect(listed.ok && listed.value.rows.map(({ state }) => state)).toEqual(["revoked", "expired", "accepted"]);
  });

  test("an administrator names no owner, and the last owner stays", async () => {
    const sent = await merchant.owner.call(inviteMember, { body: { email: "adm@merchant.example", role: "admin" } });
    const admin = app.stranger();
    await admin.call(acceptInvitation, { params: { token: sent.ok ? sent.value.token : "" }, body: { name: "Adm", password } });
    expect(await admin.call(inviteMember, { body: { email: "x@merchant.example", role: "owner" } })).toMatchObject({
      error: { kind: "scope-not-grantable" },
    });
    const members = await merchant.owner.call(listMembers);
    const owner = members.ok ? members.value.rows.find(({ role }) => role === "owner") : undefined;
    expect(owner?.can).toEqual({ changeRole: false, remove: false });
    expect(await merchant.owner.call(removeMember, { params: { userId: owner?.user ?? "usr_" } })).toMatchObject({
      error: { kind: "last-owner" },
    });
  });
});

describe("inviting partners", () => {
  test("good rows are kept, bad rows are named by row, field and reason", async () => {
    app.offers.add("off_mine");
    const csv = [
      "\uFEFFemail;organisationName;country;language;offer",
      "anna@blog.example;Annas Blog;DE;de;off_mine",
      'ben@deals.example;"Ben; Deals";at;en;',
      "no address;;XX1;fr;off_mine",
      "cora@app.example;Cora;CH;de;off_foreign",
      "ANNA@blog.example;Anna again;DE;de;off_mine",
    ].join("\r\n");
    const result = await merchant.owner.call(invitePartners, { body: { csv } });
    if (!result.ok) throw new Error(result.error.kind);
    expect(result.value.invited.map(({ row, invitation }) => [row, invitation.email, invitation.organisationName])).toEqual([
      [1, "anna@blog.example", "Annas Blog"],
      [2, "ben@deals.example", "Ben; Deals"],
    ]);
    expect(result.value.errors.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
      "3 email email",
      "3 organisationName length",
      "3 country country",
      "3 language language",
      "4 offer not-your-offer",
      "5 email twice",
    ]);
    const again = await merchant.owner.call(invitePartners, {
      body: { rows: [{ email: "anna@blog.example", organisationName: "Anna", country: "DE", offer: "off_mine" }] },
    });
    expect(again).toMatchObject({ value: { invited: [], errors: [{ row: 1, field: "email", code: "already-invited" }] } });
  });

  test("the invited partner founds its organisation and meets the offer", async () => {
    app.offers.add("off_new");
    const rows = [{ email: "dan@dan.example", organisationName: "Dan", country: "AT", offer: "off_new" }];
    const invited = await merchant.owner.call(invitePartners, { body: { rows } });
    const token = invited.ok ? (invited.value.invited[0]?.token ?? "") : "";
    const partner = app.stranger();
    const accepted = await partner.call(acceptInvitation, { params: { token }, body: { name: "Dan", password } });
    expect(accepted).toMatchObject({
      value: {
        offer: "off_new",
        invitedBy: merchant.org,
        session: { organisations: [{ name: "Dan", role: "owner", capabilities: ["promote"] }] },
      },
    });
  });

  test("somebody with an account must sign in as the one who was invited", async () => {
    const known = await registerOwner(app, operatorKey, "Known Partner");
    const rows = [{ email: known.email, organisationName: "Ignored", country: "DE" }];
    const invited = await merchant.owner.call(invitePartners, { body: { rows } });
    const token = invited.ok ? (invited.value.invited[0]?.token ?? "") : "";
    const body = { name: "Mallory", password };
    expect(await app.stranger().call(acceptInvitation, { params: { token }, body })).toMatchObject({ error: { kind: "account-exists" } });
    expect(await merchant.owner.call(acceptInvitation, { params: { token }, body: {} })).toMatchObject({
      error: { kind: "invitation-for-another" },
    });
    expect(await known.owner.call(acceptInvitation, { params: { token }, body: { join: merchant.org } })).toMatchObject({
      error: { kind: "invalid-request", errors: [{ pointer: "/join" }] },
    });
    expect(await known.owner.call(acceptInvitation, { params: { token }, body: { join: known.org } })).toMatchObject({
      value: { organisation: known.org },
    });
  });
});

describe("organisations", () => {
  test("a person founds one and owns it; only the operator's key founds one for others", async () => {
    const founded = await merchant.owner.call(createOrganisation, { body: { name: "Second shop", country: "DE" } });
    expect(founded).toMatchObject({ value: { organisation: { name: "Second shop", hasOneMember: true }, ownerInvitation: null } });
    const session = await merchant.owner.call(getSession);
    expect(session.ok && session.value.organisations.map(({ name }) => name)).toEqual(["Merchant", "Second shop"]);
    const key = await merchant.owner
      .actingFor(merchant.org)
      .call(createKey, { body: { name: "Registers", scopes: ["organisations:create"] } });
    const foreign = app.withKey(key.ok ? key.value.secret : "");
    expect(await foreign.call(createOrganisation, { body: { name: "X", country: "DE", ownerEmail: "x@x.example" } })).toMatchObject({
      error: { kind: "not-allowed" },
    });
    expect(await app.withKey(operatorKey).call(createOrganisation, { body: { name: "X", country: "DE" } })).toMatchObject({
      error: { kind: "invalid-request", errors: [{ pointer: "/ownerEmail" }] },
    });
  });
});

describe("keys", () => {
  const acting = () => merchant.owner.actingFor(merchant.org);

  test("a key is shown once, works within its scopes and stops when it is revoked or over", async () => {
    const made = await acting().call(createKey, { body: { name: "Shop", scopes: ["organisations:read", "conversions:write"] } });
    if (!made.ok) throw new Error(made.error.kind);
    const { key, secret } = made.value;
    expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
    const { rows } = await app.store.db.inTransaction("system", (tx) =>
      tx.query<{ stored: string }>("select row_to_json(api_key)::text as stored from access.api_key where id = $1", [key.id]),
    );
    expect(rows[0]?.stored).not.toContain(secret.slice(-20));

    const client = app.withKey(secret);
    expect(await client.call(listMembers)).toMatchObject({ ok: true });
    expect(await client.call(inviteMember, { body: { email: "a@b.example", role: "viewer" } })).toMatchObject({
      error: { kind: "not-allowed", neededScope: "members:write" },
    });
    const listed = await acting().call(listKeys);
    expect(listed.ok && listed.value.rows.find(({ id }) => id === key.id)?.lastUsedAt).toEqual(expect.any(String));
    const verifiers = await app.store.db.inTransaction("system", edgeKeyVerifiers);
    expect(verifiers.find(({ keyId }) => keyId === key.id)).toMatchObject({ org: merchant.org, expiresAt: null });

    await expireKey(key.id, "2020-01-01T00:00:00Z");
    expect(await client.call(listMembers)).toMatchObject({ error: { kind: "key-expired" } });
    await expireKey(key.id, null);
    await acting().call(revokeKey, { params: { keyId: key.id } });
    expect(await client.call(listMembers)).toMatchObject({ error: { kind: "key-revoked" } });
    expect(await app.withKey(`${secret.slice(0, -1)}_`).call(listMembers)).toMatchObject({ error: { kind: "key-unknown" } });
    expect((await app.store.db.inTransaction("system", edgeKeyVerifiers)).some(({ keyId }) => keyId === key.id)).toBe(false);
  });

  test("nobody grants a key more than the own rights", async () => {
    const beyond = await acting().call(createKey, { body: { name: "Too much", scopes: ["instance:admin", "links:read"] } });
    expect(beyond).toMatchObject({ error: { kind: "scope-not-grantable", scopes: ["instance:admin"] } });
  });

  test("signing authority needs a fresh second factor, names the person and ends by time, by hand and with membership", async () => {
    const made = await acting().call(createKey, { body: { name: "Signer", scopes: ["contracts:sign"] } });
    const keyId = made.ok ? made.value.key.id : "key_";
    const ends = instant("2011-06-01T00:00:00Z");
    const grant = () =>
      acting().call(grantSigningAuthority, { params: { keyId }, body: { programmes: "any", limitPpm: 100_000n, expiresAt: ends } });
    expect(await grant()).toMatchObject({ error: { kind: "fresh-sign-in-needed" } });
    await enrolTotp(acting());
    const granted = await grant();
    expect(granted).toMatchObject({ value: { userName: "Owner of Merchant", limitPpm: 100_000n, programmes: "any" } });
    const by = await app.withKey(made.ok ? made.value.secret : "").call(grantSigningAuthority, {
      params: { keyId },
      body: { programmes: "any", limitPpm: 1n, expiresAt: ends },
    });
    expect(by).toMatchObject({ error: { kind: "not-allowed" } });

    const inForce = (at: Instant) => app.store.db.inTransaction({ org: merchant.org }, (tx) => signingAuthorityOf(tx, keyId, at));
    expect(await inForce(instant("2011-01-01T00:00:00Z"))).toMatchObject({ limitPpm: 100_000n });
    expect(await inForce(ends)).toBeUndefined();
    expect(await inForce(instant("2010-11-30T00:00:00Z"))).toBeUndefined();
    app.clock.set(plusDays(app.clock.now(), 1));
    const id = granted.ok ? granted.value.id : "sga_";
    expect(await acting().call(revokeSigningAuthority, { params: { signingAuthorityId: id } })).toMatchObject({ ok: true });
    expect(await inForce(instant("2011-01-01T00:00:00Z"))).toBeUndefined();
  });
});

describe("a key", () => {
  test("remembers its creator, also when a key makes it; one of the command line has none", async () => {
    const scopes = ["keys:write" as const];
    const { owner, org } = await registerOwner(app, operatorKey, "Key Maker");
    const own = await owner.actingFor(org).call(createKey, { body: { name: "Own", scopes } });
    if (!own.ok) throw new Error(own.error.kind);
    const made = await app.withKey(own.value.secret).call(createKey, { body: { name: "Of a key", scopes } });
    if (!made.ok) throw new Error(made.error.kind);
    const resolved = (key: string) => app.access.resolvePrincipal({ authorization: `Bearer ${key}` }, "GET");
    const session = await owner.call(getSession);
    const createdBy = session.ok ? session.value.user?.id : undefined;
    expect(createdBy).toMatch(/^usr_/);
    expect(await resolved(own.value.secret)).toMatchObject({ kind: "key", createdBy });
    expect(await resolved(made.value.secret)).toMatchObject({ kind: "key", createdBy });
    expect(await resolved(operatorKey)).not.toHaveProperty("createdBy");
  });

  test("of the time before gets its creator from the audit log", async () => {
    const file = new URL("../src/db/migrations/0002_key_creator.sql", import.meta.url);
    const backfill = (await readFile(file, "utf8")).split(";").slice(1).join(";");
    const creators = () => app.store.db.inTransaction("system", (tx) => tx.query("select id, created_by from access.api_key order by id"));
    const before = (await creators()).rows;
    await asOwner(`begin; select set_config('app.org', '*', true); update access.api_key set created_by = null; ${backfill}; commit`);
    expect((await creators()).rows).toEqual(before);
  });
});

describe("the audit log", () => {
  test("names who did what, is append-only, and a changed entry is found", async () => {
    const log = await merchant.owner.actingFor(merchant.org).call(listAuditLog, { query: { limit: 5 } });
    if (!log.ok) throw new Error(log.error.kind);
    expect(log.value.rows[0]).toMatchObject({ action: "signing-authority.revoked", actor: { kind: "user", name: "Owner of Merchant" } });
    const next = await merchant.owner.actingFor(merchant.org).call(listAuditLog, { query: { limit: 5, after: log.value.next ?? "" } });
    expect(next.ok && next.value.rows[0]?.number).toBe(String(Number(log.value.rows[4]?.number) - 1));

    const system = <T>(sql: string) => app.store.db.inTransaction("system", (tx) => tx.query<T & object>(sql));
    await expect(system("update access.audit_entry set action = 'x'")).rejects.toThrow(/permission denied/);
    await expect(system("delete from access.audit_entry")).rejects.toThrow(/permission denied/);

    const check = app.access.invariants.find(({ id }) => id === "access.audit-append-only");
    const violations = () => app.store.db.inTransaction("system", (tx) => check?.violations(tx) ?? Promise.resolve(["no check"]));
    expect(await violations()).toEqual([]);
    await asOwner(`update access.audit_entry set facts = '{}' where org_id = '${merchant.org}' and number = 3`);
    expect(await violations()).toEqual([`${merchant.org} at 3`]);
  });

  test("every organisation has an owner or an open invitation for one", async () => {
    const check = app.access.invariants.find(({ id }) => id === "access.organisation-owned");
    const violations = () => app.store.db.inTransaction("system", (tx) => check?.violations(tx) ?? Promise.resolve(["no check"]));
    await app.withKey(operatorKey).call(createOrganisation, { body: { name: "Waiting", country: "DE", ownerEmail: "w@w.example" } });
    expect(await violations()).toEqual([]);
    await asOwner(`delete from directory.member where org_id = '${merchant.org}' and role = 'owner'`);
    expect(await violations()).toEqual([merchant.org]);
  });
});

function expireKey(id: string, at: string | null) {
  return app.store.db.inTransaction("system", (tx) => tx.query("update access.api_key set expires_at = $2 where id = $1", [id, at]));
}

/** As somebody who has the database's own password. */
async function asOwner(sql: string): Promise<void> {
  const pool = openLibraryPool({ url: app.store.url, schema: "access" });
  await pool.query(sql);
  await pool.end();
}
