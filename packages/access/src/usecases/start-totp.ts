import { err, type Result, type UserId } from "@biotop/kernel";
import type { SignInRefusal } from "../sign-in/sign-in.ts";
import type { AccessDeps } from "./deps.ts";
import { beginAttempt } from "./limit-attempts.ts";

type Started = { readonly uri: string; readonly secret: string; readonly recoveryCodes: readonly string[] };

/** A new secret for an authenticator app; it counts from its first code on. */
export async function startTotp(
  deps: AccessDeps,
  user: UserId,
  password: string,
  asking: { readonly cookies: string; readonly address: string },
): Promise<Result<Started, SignInRefusal>> {
  const attempt = await beginAttempt(deps, "password", user, asking.address);
  if (attempt.isTooMany) return err({ kind: "too-many-requests" });
  const started = await deps.signIn.startTotp(password, asking.cookies);
  if (started.ok) await attempt.forgive();
  return started;
}
