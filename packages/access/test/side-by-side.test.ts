import { acceptInvitation, completeSetup, createKey, inviteMember, listAuditLog } from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { audit, createOperatorKey, renewSetupToken } from "../src/index.ts";
import { openTestApp, password, registerOwner, type TestApp } from "./app.ts";

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe("what happens at the same time", () => {
  test("sets an instance up once, by the newest link only", async () => {
    const old = await renewSetupToken(app.access.deps);
    const token = await renewSetupToken(app.access.deps);
    const setUp = (given: string | undefined, name: string) =>
      app.stranger().call(completeSetup, {
        body: {
          token: given ?? "",
          admin: { name, email: `${name}@operator.example`, password },
          organisation: { name, country: "DE" },
          instance: { name, imprint: "x", privacy: "x" },
        },
      });
    expect(await setUp(old, "old")).toMatchObject({ ok: false, error: { kind: "setup-token-invalid" } });
    const both = await Promise.all([setUp(token, "one"), setUp(token, "two")]);
    expect(both.map((answer) => (answer.ok ? "done" : answer.error.kind)).sort()).toEqual(["done", "setup-done"]);
  });

  test("accepts an invitation once", async () => {
    const { secret: key } = await createOperatorKey(app.access.deps, { name: "command line" });
    const { owner } = await registerOwner(app, key, "Twice");
    const sent = await owner.call(inviteMember, { body: { email: "m@twice.example", role: "viewer" } });
    const token = sent.ok ? sent.value.token : "";
    const accept = () => app.stranger().call(acceptInvitation, { params: { token }, body: { name: "M", password } });
    const both = await Promise.all([accept(), accept()]);
    expect(both.map((answer) => (answer.ok ? "joined" : answer.error.kind)).sort()).toEqual(["invitation-used", "joined"]);

    await Promise.all(
      Array.from({ length: 12 }, (_, index) => owner.call(createKey, { body: { name: `k${index}`, scopes: ["links:read"] } })),
    );
    const log = await owner.call(listAuditLog, { query: { action: "key.created" } });
    expect(log.ok && log.value.rows).toHaveLength(12);
  });

  test("keeps every audit chain whole, also when many organisations are written at once", async () => {
    const rows = (offset: number) =>
      Array.from({ length: 40 }, (_, index) => ({
        org: `org_${(index + offset) % 7}` as const,
        principal: "system" as const,
        action: "load.tested",
        subject: `thing ${index}`,
        facts: { index },
      }));
    const write = (offset: number) => app.store.db.inTransaction("system", (tx) => audit(tx, ...rows(offset)));
    await Promise.all(Array.from({ length: 6 }, (_, offset) => write(offset)));
    const check = app.access.invariants.find(({ id }) => id === "access.audit-append-only");
    expect(await app.store.db.inTransaction("system", (tx) => check?.violations(tx) ?? Promise.resolve(["no check"]))).toEqual([]);
    const { rows: counted } = await app.store.db.inTransaction("system", (tx) =>
      tx.query<{ count: bigint }>("select count(*) as count from access.audit_entry where action = 'load.tested'"),
    );
    expect(counted[0]?.count).toBe(240n);
  });
});
