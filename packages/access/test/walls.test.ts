import { currency, isId, type OrgId } from "@biotop/kernel";
import type { Client } from "@biotop/sdk";
import {
  acceptInvitation,
  createKey,
  getBankAccounts,
  getOrganisation,
  inviteMember,
  listAuditLog,
  listMembers,
  listOrganisations,
  putBankAccount,
  type Role,
  roles,
  updateOrganisation,
} from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, password, registerOwner, setUpInstance, type TestApp } from "./app.ts";

let app: TestApp;
let own: { readonly owner: Client; readonly org: OrgId };
let foreign: { readonly owner: Client; readonly org: OrgId };
const members = new Map<Role, Client>();

beforeAll(async () => {
  app = await openTestApp();
  const { key } = await setUpInstance(app);
  own = await registerOwner(app, key, "Own");
  foreign = await registerOwner(app, key, "Foreign");
  for (const role of roles) {
    const sent = await own.owner.call(inviteMember, { body: { email: `a-${role}@own.example`, role } });
    const client = app.stranger();
    const token = sent.ok ? sent.value.token : "";
    await client.call(acceptInvitation, { params: { token }, body: { name: role, password } });
    members.set(role, client);
  }
});
afterAll(() => app.close());

const iban = "DE89370400440532013000";

describe("each role", () => {
  const account = (client: Client) =>
    client.call(putBankAccount, { params: { currency: currency("EUR") }, body: { holder: "Own GmbH", iban } });
  const asked: Readonly<Record<string, (client: Client) => Promise<{ readonly ok: boolean }>>> = {
    "reads members": (client) => client.call(listMembers),
    "sets the bank account": account,
    "invites members": (client) => client.call(inviteMember, { body: { email: `x${count++}@own.example`, role: "viewer" } }),
    "makes keys": (client) => client.call(createKey, { body: { name: "k", scopes: ["links:read"] } }),
  };
  let count = 0;
  const may: Readonly<Record<Role, readonly string[]>> = {
    owner: ["reads members", "sets the bank account", "invites members", "makes keys"],
    admin: ["reads members", "sets the bank account", "invites members", "makes keys"],
    manager: ["reads members"],
    finance: ["reads members", "sets the bank account"],
    developer: ["reads members", "makes keys"],
    viewer: ["reads members"],
  };

  test.each(roles)("%s may do what its scopes name and nothing else", async (role) => {
    const client = members.get(role) ?? app.stranger();
    const done: string[] = [];
    for (const [what, ask] of Object.entries(asked)) if ((await ask(client)).ok) done.push(what);
    expect(done).toEqual(may[role]);
  });

  test("nobody signed in may do nothing", async () => {
    for (const ask of Object.values(asked)) expect(await ask(app.stranger())).toMatchObject({ error: { kind: "not-signed-in" } });
  });
});

describe("another organisation's data", () => {
  test("is refused by policy: names are public, the rest is not there", async () => {
    const names = await own.owner.call(listOrganisations);
    expect(names.ok && names.value.rows.map(({ name }) => name)).toEqual(["Foreign", "Operator GmbH", "Own"]);
    expect(await own.owner.call(getOrganisation, { params: { organisationId: foreign.org } })).toMatchObject({
      value: { name: "Foreign", can: { update: false } },
    });
    expect(await own.owner.call(updateOrganisation, { params: { organisationId: foreign.org }, body: { name: "Mine" } })).toMatchObject({
      error: { kind: "not-found" },
    });
    expect(await own.owner.actingFor(foreign.org).call(getBankAccounts)).toMatchObject({ error: { kind: "not-a-member" } });
    expect(await own.owner.actingFor(foreign.org).call(listAuditLog)).toMatchObject({ error: { kind: "not-a-member" } });
  });

  test("is refused by the database", async () => {
    expect(isId("org", foreign.org)).toBe(true);
    const tables = [
      "directory.member",
      "access.audit_entry",
      "access.audit_head",
      "access.invitation",
      "access.api_key",
      "directory.bank_account",
    ];
    await foreign.owner.call(putBankAccount, { params: { currency: currency("EUR") }, body: { holder: "Foreign", iban } });
    for (const table of tables) {
      const { rows } = await app.store.db.inTransaction({ org: own.org }, (tx) =>
        tx.query(`select 1 from ${table} where org_id = $1`, [foreign.org]),
      );
      expect(rows, table).toEqual([]);
    }
    const asOwn = (sql: string) => app.store.db.inTransaction({ org: own.org }, (tx) => tx.query(sql, [foreign.org]));
    await expect(
      asOwn(
        "insert into directory.bank_account (org_id, currency, holder, account_text, changed_at) values ($1, 'GBP', 'x', 'x', '2010-01-01')",
      ),
    ).rejects.toThrow(/row-level security/);
    await expect(asOwn("insert into access.audit_head (org_id, number, hash) values ($1, 1, '')")).rejects.toThrow(/row-level security/);
    expect((await asOwn("update directory.organisation set name = 'Mine' where id = $1")).rowCount).toBe(0);
  });

  test("password hashes and second factors are out of the app role's reach", async () => {
    const read = (table: string) => app.store.db.inTransaction("system", (tx) => tx.query(`select * from access.${table}`));
    await expect(read("credential")).rejects.toThrow(/permission denied/);
    await expect(read("second_factor")).rejects.toThrow(/permission denied/);
    await expect(read("verification")).rejects.toThrow(/permission denied/);
  });
});
