import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { instant } from "@biotop/kernel";
import { createKey, createOrganisation, getSession, grantSigningAuthority, listAuditLog, signOut } from "@biotop/wire";
import { afterEach, describe, expect, test } from "vitest";
import { createClient, createCookieJar } from "../src/index.ts";

type Seen = { readonly method: string; readonly url: string; readonly headers: IncomingMessage["headers"]; readonly body: string };
type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string | string[]> };

let close = (): void => undefined;
afterEach(() => close());

const nobody = {
  user: null,
  organisations: [],
  hasSecondFactor: false,
  isFresh: false,
  freshUntil: null,
  isSecondFactorNeeded: false,
};

describe("a client", () => {
  test("encodes bigint and leaves out what has a default", async () => {
    const { url, seen } = await serve([{ status: 404, body: { kind: "not-found", title: "Not found", status: 404 } }]);
    const client = createClient({ baseUrl: url, credentials: { kind: "key", key: "bt_live_x_y" } });
    const result = await client.call(grantSigningAuthority, {
      params: { keyId: "key_1" },
      body: { programmes: "any", limitPpm: 75_000n, expiresAt: instant("2027-01-01T00:00:00Z") },
    });
    expect(result).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(seen[0]).toMatchObject({ method: "POST", url: "/v1/keys/key_1/signing-authorities" });
    expect(seen[0]?.headers.authorization).toBe("Bearer bt_live_x_y");
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ programmes: "any", limitPpm: "75000", expiresAt: "2027-01-01T00:00:00.000Z" });
  });

  test("refuses by itself what the operation would refuse, and names the field", async () => {
    const client = createClient({ baseUrl: "http://127.0.0.1:1" });
    expect(await client.call(createOrganisation, { body: { name: "A", country: "Germany" } })).toMatchObject({
      ok: false,
      error: { kind: "invalid-request", errors: [{ pointer: "/country" }] },
    });
  });

  test("keeps cookies in a jar and drops them when they expire", async () => {
    const { url, seen } = await serve([
      { status: 200, body: nobody, headers: { "set-cookie": ["biotop.session_token=abc.def; Path=/; HttpOnly", "other=1"] } },
      { status: 204, headers: { "set-cookie": ["biotop.session_token=; Max-Age=0; Path=/"] } },
      { status: 200, body: nobody },
    ]);
    const client = createClient({ baseUrl: url, credentials: { kind: "jar", jar: createCookieJar() } }).actingFor("org_1");
    expect(await client.call(getSession)).toEqual({ ok: true, value: nobody });
    await client.call(signOut);
    await client.call(getSession);
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, "biotop.session_token=abc.def; other=1", "other=1"]);
    expect(seen[1]?.headers["biotop-organisation"]).toBe("org_1");
  });

  test("sends a safe request again when the server is not there, a writing one only with an idempotency key", async () => {
    const away: Answer = { status: 503, body: { kind: "unavailable", title: "", status: 503 } };
    const { url, seen } = await serve([away, { status: 200, body: { rows: [], next: null } }, away, away, away]);
    const client = createClient({ baseUrl: url, retriesMax: 1 });
    expect(await client.call(listAuditLog, { query: { action: "key.created" } })).toEqual({ ok: true, value: { rows: [], next: null } });
    expect(seen[1]?.url).toBe("/v1/audit-log?action=key.created");

    const body = { name: "Shop", scopes: ["links:read" as const] };
    expect(await client.call(createKey, { body })).toMatchObject({ ok: false, error: { kind: "unavailable" } });
    expect(seen).toHaveLength(3);
    await client.call(createKey, { body, idempotencyKey: "once" });
    expect(seen).toHaveLength(5);
    expect(seen[4]?.headers["idempotency-key"]).toBe("once");
  });

  test("an unreachable server is a value", async () => {
    const client = createClient({ baseUrl: "http://127.0.0.1:1", retriesMax: 0 });
    const body = { name: "A", country: "DE" };
    expect(await client.call(createOrganisation, { body })).toMatchObject({ ok: false, error: { kind: "unavailable" } });
  });
});

async function serve(answers: Answer[]): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const listening = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      const answer = answers.shift() ?? { status: 500 };
      response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    });
  });
  close = () => void listening.close();
  await new Promise<void>((ready) => listening.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, seen };
}
