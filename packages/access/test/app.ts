import { createHmac } from "node:crypto";
import { createDirectoryModule } from "@biotop/directory/module";
import type { Id, Ids, OrgId } from "@biotop/kernel";
import { realClock } from "@biotop/platform/clock";
import { createHttpServer } from "@biotop/platform/http";
import { createLog } from "@biotop/platform/log";
import { type Client, type CookieJar, createClient, createCookieJar } from "@biotop/sdk";
import { openTestStore, testClock, testIds } from "@biotop/testing";
import { acceptInvitation, completeSetup, createOrganisation, finishTotp, startTotp } from "@biotop/wire";
import { audit, createOperatorKey, type Mail, renewSetupToken } from "../src/index.ts";
import { createAccessModule } from "../src/module.ts";

export const publicUrl = "http://biotop.test";
export const password = "correct horse battery";

export type TestApp = Awaited<ReturnType<typeof openTestApp>>;

/** The two contexts over a store of their own, asked in process as over HTTP. */
export async function openTestApp() {
  const store = await openTestStore();
  const clock = testClock("2010-12-01T00:00:00Z");
  const ids: Ids = testIds();
  const mails: Mail[] = [];
  const offers = new Set<Id<"off">>();
  const access = createAccessModule({
    db: store.db,
    clock,
    realClock: realClock(),
    ids,
    databaseUrl: store.url,
    secret: "a secret for tests only, 32 characters",
    publicUrl,
    hasMailServer: false,
    sendMail: async (_tx, mail) => void mails.push(mail),
    isOwnOffer: async (_tx, { offer }) => offers.has(offer),
  });
  const directory = createDirectoryModule({ db: store.db, clock, ids, audit });
  const log = createLog({ level: "silent", name: "test" });
  const options = { log, db: store.db, resolvePrincipal: access.resolvePrincipal, trustedProxies: [] };
  const http = await createHttpServer(options, [...access.routes, ...directory.routes]);
  const fetchInProcess: typeof fetch = async (url, init) => {
    const { pathname, search } = new URL(url instanceof Request ? url.url : url);
    const { body } = init ?? {};
    const answer = await http.inject({
      method: (init?.method ?? "GET") as "GET",
      url: pathname + search,
      headers: { host: "biotop.test", ...(init?.headers as Record<string, string>) },
      ...(typeof body === "string" ? { payload: body } : {}),
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) for (const each of [value].flat()) headers.append(name, String(each));
    const isEmpty = answer.statusCode === 204;
    return new Response(isEmpty ? null : answer.body, { status: answer.statusCode, headers });
  };
  const withKey = (key: string) => createClient({ baseUrl: publicUrl, fetch: fetchInProcess, credentials: { kind: "key", key } });
  const withJar = (jar: CookieJar) => createClient({ baseUrl: publicUrl, fetch: fetchInProcess, credentials: { kind: "jar", jar } });

  return {
    store,
    clock,
    http,
    mails,
    offers,
    access,
    directory,
    ids,
    withKey,
    withJar,
    stranger: () => withJar(createCookieJar()),
    async close() {
      await http.close();
      await access.close();
      await store.close();
    },
  };
}

/** Sets the instance up and signs its administrator in. */
export async function setUpInstance(app: TestApp): Promise<{ readonly admin: Client; readonly operator: OrgId; readonly key: string }> {
  const token = await renewSetupToken(app.access.deps);
  const admin = app.stranger();
  const done = await admin.call(completeSetup, {
    body: {
      token: token ?? "",
      admin: { name: "Ada Admin", email: "ada@operator.example", password },
      organisation: { name: "Operator GmbH", country: "DE", capabilities: ["network"] },
      instance: { name: "Test network", imprint: "Operator GmbH, Berlin", privacy: "We keep little." },
    },
  });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  const { secret } = await createOperatorKey(app.access.deps, { name: "command line" });
  return { admin, operator: done.value.organisations[0]?.id ?? "org_", key: secret };
}

/** An organisation that the operator's key registered, with its owner signed in. */
export async function registerOwner(
  app: TestApp,
  operatorKey: string,
  name: string,
): Promise<{ readonly owner: Client; readonly jar: CookieJar; readonly org: OrgId; readonly email: string }> {
  const email = `owner@${name.toLowerCase().replaceAll(/\W/g, "")}.example`;
  const made = await app.withKey(operatorKey).call(createOrganisation, { body: { name, country: "DE", ownerEmail: email } });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const jar = createCookieJar();
  const owner = app.withJar(jar);
  const token = made.value.ownerInvitation?.token ?? "";
  const accepted = await owner.call(acceptInvitation, { params: { token }, body: { name: `Owner of ${name}`, password } });
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.error));
  return { owner, jar, org: made.value.organisation.id, email };
}

/** Sets up an authenticator app; answers its secret. */
export async function enrolTotp(client: Client): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  const started = await client.call(startTotp, { body: { password } });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const finished = await client.call(finishTotp, { body: { code: totpCode(started.value.secret) } });
  if (!finished.ok) throw new Error(JSON.stringify(finished.error));
  return started.value;
}

/** RFC 6238 with its defaults, as an authenticator app computes it. */
export function totpCode(base32Secret: string, at: number = Date.now()): string {
  let bits = "";
  for (const character of base32Secret.replaceAll("=", ""))
    bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(character).toString(2).padStart(5, "0");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
