import { createCookieJar } from "@biotop/sdk";
import {
  changeLanguage,
  changePassword,
  completeSetup,
  confirmSecondFactor,
  getSession,
  getSetup,
  listMembers,
  signIn,
  signOut,
} from "@biotop/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enrolTotp, openTestApp, password, publicUrl, registerOwner, setUpInstance, type TestApp, totpCode } from "./app.ts";

let app: TestApp;
let operatorKey: string;

beforeAll(async () => {
  app = await openTestApp();
  operatorKey = (await setUpInstance(app)).key;
});
afterAll(() => app.close());

describe("set-up", () => {
  test("happens once", async () => {
    const stranger = app.stranger();
    expect(await stranger.call(getSetup)).toEqual({ ok: true, value: { isNeeded: false, isTokenValid: false, publicUrl } });
    const again = await stranger.call(completeSetup, {
      body: {
        token: "any",
        admin: { name: "Eve", email: "eve@example.com", password },
        organisation: { name: "Eve", country: "DE" },
        instance: { name: "Eve's", imprint: "x", privacy: "x" },
      },
    });
    expect(again).toMatchObject({ ok: false, error: { kind: "setup-done" } });
  });
});

describe("signing in", () => {
  test("a wrong password and an unknown address get the same answer", async () => {
    const stranger = app.stranger();
    const wrong = await stranger.call(signIn, { body: { email: "ada@operator.example", password: "not it, not it" } });
    const unknown = await stranger.call(signIn, { body: { email: "nobody@operator.example", password } });
    expect(wrong).toMatchObject({ ok: false, error: { kind: "sign-in-failed" } });
    expect(unknown).toMatchObject({ ok: false, error: { kind: "sign-in-failed" } });
  });

  test("opens a session that ends with signing out", async () => {
    const person = app.stranger();
    const opened = await person.call(signIn, { body: { email: "ADA@operator.example", password } });
    expect(opened).toMatchObject({ ok: true, value: { user: { email: "ada@operator.example" }, hasSecondFactor: false } });
    expect(await person.call(getSession)).toMatchObject({ ok: true, value: { organisations: [{ role: "owner", isOperator: true }] } });
    await person.call(signOut);
    expect(await person.call(getSession)).toMatchObject({ ok: true, value: { user: null } });
    expect(await person.call(listMembers)).toMatchObject({ ok: false, error: { kind: "not-signed-in" } });
  });

  test("a second factor is asked for, taken from the app or a recovery code, and makes the session fresh", async () => {
    const { owner, email } = await registerOwner(app, operatorKey, "Factor Two");
    expect(await owner.call(confirmSecondFactor, { body: { code: "123456" } })).toMatchObject({
      error: { kind: "second-factor-not-set" },
    });
    const { secret, recoveryCodes } = await enrolTotp(owner);
    expect(await owner.call(getSession)).toMatchObject({ ok: true, value: { hasSecondFactor: true, isFresh: true } });

    const again = app.stranger();
    expect(await again.call(signIn, { body: { email, password } })).toMatchObject({
      ok: true,
      value: { user: null, isSecondFactorNeeded: true },
    });
    expect(await again.call(getSession)).toMatchObject({ ok: true, value: { user: null, isSecondFactorNeeded: true } });
    expect(await again.call(listMembers)).toMatchObject({ ok: false, error: { kind: "not-signed-in" } });
    expect(await again.call(confirmSecondFactor, { body: { code: "000000" } })).toMatchObject({ error: { kind: "second-factor-wrong" } });
    const finished = await again.call(confirmSecondFactor, { body: { code: totpCode(secret) } });
    expect(finished).toMatchObject({ ok: true, value: { user: { email }, isFresh: true, isSecondFactorNeeded: false } });

    const atOnce = await app.stranger().call(signIn, { body: { email, password, code: totpCode(secret) } });
    expect(atOnce).toMatchObject({ ok: true, value: { user: { email }, isFresh: true } });

    const recovery = recoveryCodes[0] ?? "";
    const lost = app.stranger();
    await lost.call(signIn, { body: { email, password } });
    expect(await lost.call(confirmSecondFactor, { body: { code: recovery } })).toMatchObject({ ok: true, value: { user: { email } } });
    const twice = app.stranger();
    await twice.call(signIn, { body: { email, password } });
    expect(await twice.call(confirmSecondFactor, { body: { code: recovery } })).toMatchObject({ error: { kind: "second-factor-wrong" } });
  });

  test("freshness ends after five minutes", async () => {
    const { owner } = await registerOwner(app, operatorKey, "Stale");
    await enrolTotp(owner);
    await app.store.db.pool.query("update access.session set fresh_until = clock_timestamp() - interval '1 second'");
    expect(await owner.call(getSession)).toMatchObject({ ok: true, value: { isFresh: false, freshUntil: null } });
  });

  test("an eleventh failed attempt within 15 minutes is refused, also with the right password", async () => {
    const { email } = await registerOwner(app, operatorKey, "Guessed");
    const guesser = app.stranger();
    for (let count = 0; count < 10; count += 1) await guesser.call(signIn, { body: { email, password: `guess number ${count}` } });
    expect(await guesser.call(signIn, { body: { email, password } })).toMatchObject({ ok: false, error: { kind: "too-many-requests" } });
  });

  test("a new password ends other sessions", async () => {
    const { owner, email } = await registerOwner(app, operatorKey, "Changed");
    const other = app.stranger();
    await other.call(signIn, { body: { email, password } });
    const weak = await owner.call(changePassword, { body: { currentPassword: password, newPassword: "short" } });
    expect(weak).toMatchObject({ ok: false, error: { kind: "password-too-weak" } });
    const changed = await owner.call(changePassword, { body: { currentPassword: password, newPassword: "another long password" } });
    expect(changed).toMatchObject({ ok: true, value: { user: { email } } });
    expect(await other.call(getSession)).toMatchObject({ ok: true, value: { user: null } });
    expect(await owner.call(changeLanguage, { body: { language: "de" } })).toMatchObject({ ok: true, value: { user: { language: "de" } } });
  });

  test("a forged cookie opens nothing", async () => {
    const jar = createCookieJar();
    const { owner } = await registerOwner(app, operatorKey, "Forged");
    expect(await owner.call(listMembers)).toMatchObject({ ok: true });
    const { rows } = await app.store.db.pool.query<{ token: string }>("select token from access.session limit 1");
    jar.take([`biotop.session_token=${rows[0]?.token}.AAAA; Path=/`]);
    expect(await app.withJar(jar).call(listMembers)).toMatchObject({ ok: false, error: { kind: "not-signed-in" } });
  });
});

describe("a writing request by cookie", () => {
  const ask = (headers: Record<string, string>) =>
    app.http.inject({
      method: "POST",
      url: "/v1/session",
      headers: { host: "biotop.test", "content-type": "application/json", ...headers },
      payload: { email: "ada@operator.example", password },
    });

  test("is refused from a foreign page", async () => {
    expect((await ask({ origin: "https://evil.example" })).json()).toMatchObject({ kind: "foreign-origin" });
    expect((await ask({ "sec-fetch-site": "cross-site", origin: publicUrl })).statusCode).toBe(403);
  });

  test("is taken from the own page and from clients that are no browsers", async () => {
    expect((await ask({ origin: publicUrl })).statusCode).toBe(200);
    expect((await ask({ "sec-fetch-site": "same-origin", origin: "http://localhost:1" })).statusCode).toBe(200);
    expect((await ask({})).headers["set-cookie"]).toMatch(/^biotop\.session_token=[^;]+;.*HttpOnly; SameSite=Lax/);
  });
});
