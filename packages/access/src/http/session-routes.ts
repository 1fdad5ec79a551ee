import { err, ok, type Result } from "@biotop/kernel";
import { type RequestContext, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { chooseLanguage } from "../usecases/choose-language.ts";
import type { AccessDeps } from "../usecases/deps.ts";
import { requestPasswordReset, resetPassword } from "../usecases/reset-password.ts";
import { completeSetUp, readSetUp } from "../usecases/set-up.ts";
import { type SessionShown, showSession } from "../usecases/show-session.ts";
import { changePassword, confirmSecondFactor, finishTotp, type SignedIn, signInPerson } from "../usecases/sign-in-person.ts";
import { startTotp } from "../usecases/start-totp.ts";

/** Set-up, signing in and out, second factor: the only public face of the sign-in library. */
export function sessionRoutes(deps: AccessDeps): readonly Route[] {
  return [...setUpRoutes(deps), ...signInRoutes(deps), ...forgottenPasswordRoutes(deps), ...accountRoutes(deps)];
}

function setUpRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.getSetup, async ({ query }) => ok(await readSetUp(deps, query.token))),
    route(wire.completeSetup, async (input) => {
      const done = await completeSetUp(deps, input.body);
      if (!done.ok) return done;
      const { email, password } = input.body.admin;
      return shown(input, await signInPerson(deps, { email, password }, input.address));
    }),
  ];
}

function signInRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.signIn, async (input) => shown(input, await signInPerson(deps, input.body, input.address))),
    route(wire.getSession, async (input) => {
      const cookies = cookiesOf(input);
      const token = deps.signIn.tokenIn(cookies);
      return ok(await showSession(deps, token, token === undefined && deps.signIn.isSecondFactorOwed(cookies)));
    }),
    route(wire.signOut, async (input) => {
      for (const line of await deps.signIn.signOut(cookiesOf(input))) input.setCookie(line);
      return ok(undefined);
    }),
    route(wire.confirmSecondFactor, async (input) =>
      shown(input, await confirmSecondFactor(deps, input.body.code, { cookies: cookiesOf(input), address: input.address })),
    ),
  ];
}

function forgottenPasswordRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.requestPasswordReset, async ({ body, address }) => {
      await requestPasswordReset(deps, body.email, address);
      return ok({});
    }),
    route(wire.resetPassword, async ({ params, body, address }) => {
      const reset = await resetPassword(deps, params.token, body.password, address);
      return reset.ok ? ok(undefined) : reset;
    }),
  ];
}

function accountRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.startTotp, async (input) => {
      if (input.principal.kind !== "user") return err({ kind: "not-signed-in" });
      const asking = { cookies: cookiesOf(input), address: input.address };
      const started = await startTotp(deps, input.principal.user, input.body.password, asking);
      return started.ok ? ok({ ...started.value, recoveryCodes: [...started.value.recoveryCodes] }) : started;
    }),
    route(wire.finishTotp, async (input) => {
      if (input.principal.kind !== "user") return err({ kind: "not-signed-in" });
      const asking = { cookies: cookiesOf(input), address: input.address };
      return shown(input, await finishTotp(deps, input.principal.user, input.body.code, asking));
    }),
    route(wire.changeLanguage, async (input) => {
      if (input.principal.kind !== "user") return err({ kind: "not-signed-in" });
      await chooseLanguage(deps, input.principal.user, input.body.language);
      return ok(await showSession(deps, deps.signIn.tokenIn(cookiesOf(input))));
    }),
    route(wire.changePassword, async (input) => {
      if (input.principal.kind !== "user") return err({ kind: "not-signed-in" });
      const asking = { cookies: cookiesOf(input), address: input.address };
      return shown(input, await changePassword(deps, input.principal.user, input.body, asking));
    }),
  ];
}

/** Hands the cookies to the browser and shows the session that they open. */
export function shown<E>(input: Pick<RequestContext, "setCookie">, signed: Result<SignedIn, E>): Result<SessionShown, E> {
  if (!signed.ok) return signed;
  for (const line of signed.value.cookies) input.setCookie(line);
  return ok(signed.value.session);
}

function cookiesOf(input: Pick<RequestContext, "headers">): string {
  return input.headers["cookie"] ?? "";
}
