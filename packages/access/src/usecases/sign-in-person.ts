import { membershipsOf } from "@biotop/directory";
import { err, ok, type Result, type UserId } from "@biotop/kernel";
import { audit } from "../db/audit.ts";
import { freshenSession } from "../db/sessions.ts";
import { claimCode, releaseCode } from "../db/used-codes.ts";
import { sha256 } from "../sign-in/secrets.ts";
import type { Opened, SignInRefusal } from "../sign-in/sign-in.ts";
import type { AccessDeps } from "./deps.ts";
import { beginAttempt } from "./limit-attempts.ts";
import { type SessionShown, showSession } from "./show-session.ts";

export type SignedIn = { readonly cookies: readonly string[]; readonly session: SessionShown };
type Asking = { readonly cookies: string; readonly address: string };
type Signing = Promise<Result<SignedIn, SignInRefusal>>;

/** E-mail address and password, with the second factor's code at once where the client has it. */
export async function signInPerson(
  deps: AccessDeps,
  given: { readonly email: string; readonly password: string; readonly code?: string | undefined },
  address: string,
): Signing {
  const email = given.email.toLowerCase();
  const attempt = await beginAttempt(deps, "sign-in", email, address);
  if (attempt.isTooMany) return err({ kind: "too-many-requests" });

  const opened = await deps.signIn.withPassword(email, given.password);
  if (!opened.ok) return opened;
  if (opened.value.token === undefined && given.code !== undefined) {
    const confirmed = await confirm(deps, given.code, cookieHeader(opened.value.cookies));
    if (confirmed.ok) await attempt.forgive();
    return confirmed;
  }
  await attempt.forgive();
  return ok(await shown(deps, opened.value));
}

/** Finishes a sign-in that owes the second factor, or makes a session fresh for five minutes. */
export async function confirmSecondFactor(deps: AccessDeps, code: string, asking: Asking): Signing {
  const token = deps.signIn.tokenIn(asking.cookies);
  if (token === undefined && !deps.signIn.isSecondFactorOwed(asking.cookies)) return err({ kind: "not-signed-in" });
  const before = await showSession(deps, token);
  if (before.user && !before.hasSecondFactor) return err({ kind: "second-factor-not-set" });

  const attempt = await beginAttempt(deps, "second-factor", before.user?.id ?? asking.cookies, asking.address);
  if (attempt.isTooMany) return err({ kind: "too-many-requests" });
  const confirmed = await confirm(deps, code, asking.cookies);
  if (confirmed.ok) await attempt.forgive();
  return confirmed;
}

/** The first code of a new authenticator app: from now on signing in needs it. */
export async function finishTotp(deps: AccessDeps, user: UserId, code: string, asking: Asking): Signing {
  const before = await showSession(deps, deps.signIn.tokenIn(asking.cookies));
  if (before.hasSecondFactor) return err({ kind: "second-factor-already-set" });
  const attempt = await beginAttempt(deps, "second-factor", user, asking.address);
  if (attempt.isTooMany) return err({ kind: "too-many-requests" });

  const confirmed = await confirm(deps, code, asking.cookies);
  if (!confirmed.ok) return confirmed;
  await attempt.forgive();
  await noteEverywhere(deps, user, "second-factor.set");
  return confirmed;
}

export async function changePassword(
  deps: AccessDeps,
  user: UserId,
  given: { readonly currentPassword: string; readonly newPassword: string },
  asking: Asking,
): Signing {
  const attempt = await beginAttempt(deps, "password", user, asking.address);
  if (attempt.isTooMany) return err({ kind: "too-many-requests" });
  const changed = await deps.signIn.changePassword(given.currentPassword, given.newPassword, asking.cookies);
  if (!changed.ok) return changed;
  await attempt.forgive();
  await noteEverywhere(deps, user, "password.changed");
  return ok(await shown(deps, changed.value));
}

async function confirm(deps: AccessDeps, code: string, cookies: string): Signing {
  const opened = await giveOnce(deps, code, cookies);
  if (!opened.ok) return opened;
  const token = opened.value.token ?? deps.signIn.tokenIn(cookies);
  if (token !== undefined) await deps.db.inTransaction("system", (tx) => freshenSession(tx, token));
  return ok(await shown(deps, { ...opened.value, token }));
}

/** A code of the app is accepted once, also by two who try at the same time; recovery codes are used up by the library. */
async function giveOnce(deps: AccessDeps, code: string, cookies: string): Promise<Result<Opened, SignInRefusal>> {
  const user = (await showSession(deps, deps.signIn.tokenIn(cookies))).user?.id ?? (await deps.signIn.personOwing(cookies));
  if (user === undefined || !/^\d{6}$/.test(code)) return deps.signIn.giveSecondFactor(code, cookies);
  const codeSha256 = sha256(`${user} ${code}`);
  const isFirstUse = await deps.db.inTransaction("system", (tx) => claimCode(tx, user, codeSha256));
  if (!isFirstUse) return err({ kind: "second-factor-used" });
  const opened = await deps.signIn.giveSecondFactor(code, cookies);
  if (!opened.ok) await deps.db.inTransaction("system", (tx) => releaseCode(tx, user, codeSha256));
  return opened;
}

async function shown(deps: AccessDeps, opened: Opened): Promise<SignedIn> {
  return { cookies: opened.cookies, session: await showSession(deps, opened.token, opened.token === undefined) };
}

/** What a person does to the own sign-in concerns every organisation that the person acts for. */
async function noteEverywhere(deps: AccessDeps, user: UserId, action: string): Promise<void> {
  await deps.db.inTransaction("system", async (tx) => {
    const memberships = await membershipsOf(tx, user);
    const principal = { kind: "user", user, scopes: new Set<never>(), isFresh: false } as const;
    await audit(tx, ...memberships.map(({ org }) => ({ org, principal, action, subject: user, facts: {} })));
  });
}

/** What a browser would send back after these `Set-Cookie` lines. */
export function cookieHeader(lines: readonly string[]): string {
  return lines.map((line) => line.split(";")[0] ?? "").join("; ");
}
