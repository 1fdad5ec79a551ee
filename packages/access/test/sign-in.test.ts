import { createCookieJar } from "@biotop/sdk";
import {
  changeLanguage,
  changePassword,
  completeSetup,
  confirmSecondFactor,
  getSession,
  getSetup,
  listAuditLog,
  listMembers,
  requestPasswordReset,
  resetPassword,
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

/** As if two minutes had passed since the last code was used. */
function codesLater() {
  return app.store.db.pool.query("update access.used_code set used_at = used_at - interval '2 minutes'");
}

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
    await codesLater();
    const finished = await again.call(confirmSecondFactor, { body: { code: totpCode(secret) } });
    expect(finished).toMatchObject({ ok: true, value: { user: { email }, isFresh: true, isSecondFactorNeeded: false } });

    await codesLater();
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

  test("a code of the app is accepted once: not again to sign in, nor to be fresh, nor by two at the same time", async () => {
    const { owner, email } = await registerOwner(app, operatorKey, "Looked Over");
    const { secret } = await enrolTotp(owner);
    const used = (await app.store.db.pool.query<{ count: string }>("select count(*) from access.used_code")).rows[0]?.count;
    expect(Number(used)).toBeGreaterThan(0);

    await codesLater();
    const code = totpCode(secret);
    const both = await Promise.all([0, 1].map(() => app.stranger().call(signIn, { body: { email, password, code } })));
    expect(both.map((each) => (each.ok ? each.value.isFresh : each.error.kind)).sort()).toEqual(["second-factor-used", true]);
    expect(await owner.call(confirmSecondFactor, { body: { code } })).toMatchObject({ ok: false, error: { kind: "second-factor-used" } });

    const patient = app.stranger();
    await patient.call(signIn, { body: { email, password } });
    expect(await patient.call(confirmSecondFactor, { body: { code } })).toMatchObject({ error: { kind: "second-factor-used" } });
    await codesLater();
    expect(await patient.call(confirmSecondFactor, { body: { code: totpCode(secret) } })).toMatchObject({
      ok: true,
      value: { user: { email }, isFresh: true },
    });
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

describe("a forgotten password", () => {
  const ask = async (email: string) => {
    const before = app.mails.length;
    const answer = await app.stranger().call(requestPasswordReset, { body: { email } });
    return { answer, mails: app.mails.slice(before) };
  };
  const tokenOf = (link: string | null | undefined) => link?.split("/").at(-1) ?? "";
  const set = (token: string, given: string) => app.stranger().call(resetPassword, { params: { token }, body: { password: given } });

  test("the answer is the same with and without an account; only the one who has one gets a mail, in the own language", async () => {
    const { owner, email } = await registerOwner(app, operatorKey, "Forgetful");
    await owner.call(changeLanguage, { body: { language: "de" } });
    const known = await ask(email.toUpperCase());
    const unknown = await ask("nobody@nowhere.example");
    expect(known.answer).toEqual({ ok: true, value: {} });
    expect(unknown).toEqual({ answer: known.answer, mails: [] });
    const operator = await app.store.db.pool.query<{ id: string }>("select id from directory.organisation where is_operator");
    expect(known.mails).toMatchObject([
      { to: email, org: operator.rows[0]?.id, template: "password-reset", language: "de", subject: "Neues Passwort für Biotop" },
    ]);
  });

  test("the link sets the password once, ends all sessions, is audited and leaves the second factor", async () => {
    const { owner, org, email } = await registerOwner(app, operatorKey, "Forgot");
    const { recoveryCodes } = await enrolTotp(owner);
    const { mails } = await ask(email);
    const token = tokenOf(mails[0]?.link);
    expect(mails[0]?.link).toBe(`${publicUrl}/password-reset/${token}`);
    const { rows } = await app.store.db.pool.query("select token_sha256 from access.password_reset");
    expect(JSON.stringify(rows)).not.toContain(token);

    expect(await set(token, "short")).toMatchObject({ ok: false, error: { kind: "password-too-weak" } });
    const tries = await Promise.all([set(token, "a quite new password"), set(token, "a quite new password")]);
    expect(tries.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await set(token, "a third new password")).toMatchObject({ ok: false, error: { kind: "password-reset-link-invalid" } });
    expect(await owner.call(getSession)).toMatchObject({ ok: true, value: { user: null } });

    const again = app.stranger();
    expect(await again.call(signIn, { body: { email, password } })).toMatchObject({ ok: false, error: { kind: "sign-in-failed" } });
    const code = recoveryCodes[0] ?? "";
    expect(await again.call(signIn, { body: { email, password: "a quite new password" } })).toMatchObject({
      ok: true,
      value: { user: null, isSecondFactorNeeded: true },
    });
    await again.call(confirmSecondFactor, { body: { code } });
    const log = await again.actingFor(org).call(listAuditLog, { query: { limit: 1 } });
    expect(log).toMatchObject({ ok: true, value: { rows: [{ action: "password.reset", actor: { kind: "user" } }] } });
  });

  test("a link ends after an hour of real time, and with the next one; the fourth within 15 minutes is not mailed", async () => {
    const { email } = await registerOwner(app, operatorKey, "Forgetting");
    const first = tokenOf((await ask(email)).mails[0]?.link);
    const second = tokenOf((await ask(email)).mails[0]?.link);
    const expire = (by: string) => app.store.db.pool.query("update access.password_reset set expires_at = expires_at - $1::interval", [by]);
    await expire("59 minutes");
    expect(await set(first, "a quite new password")).toMatchObject({ ok: false, error: { kind: "password-reset-link-invalid" } });
    expect(await set(second, "weak")).toMatchObject({ ok: false, error: { kind: "password-too-weak" } });
    await expire("1 minute");
    expect(await set(second, "a quite new password")).toMatchObject({ ok: false, error: { kind: "password-reset-link-invalid" } });
    expect((await ask(email)).mails).toHaveLength(1);
    expect(await ask(email)).toEqual({ answer: { ok: true, value: {} }, mails: [] });
  });

  test("the app's role cannot read a password hash", async () => {
    const read = app.store.db.inTransaction("system", (tx) => tx.query("select password from access.credential"));
    await expect(read).rejects.toThrow(/permission denied/);
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
