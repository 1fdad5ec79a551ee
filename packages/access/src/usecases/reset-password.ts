import { membershipsOf, operatorOrganisation } from "@biotop/directory";
import { err, ok, present, type Result } from "@biotop/kernel";
import { audit } from "../db/audit.ts";
import { findPasswordReset, replacePassword, savePasswordReset } from "../db/password-resets.ts";
import { personByEmail } from "../db/people.ts";
import { isStrongPassword } from "../domain/password.ts";
import { passwordResetMail } from "../domain/password-reset-mail.ts";
import { newToken, sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps } from "./deps.ts";
import { beginAttempt } from "./limit-attempts.ts";

const validMinutes = 60;
const mailsMax = 3;

/** Mails a link to whoever has an account with the address. The answer is the same for everybody, so it tells nobody who has one. */
export async function requestPasswordReset(deps: AccessDeps, givenEmail: string, address: string): Promise<void> {
  const email = givenEmail.toLowerCase();
  const attempt = await beginAttempt(deps, "password-reset", email, address, mailsMax);
  if (attempt.isTooMany) return;
  await deps.db.inTransaction("system", async (tx) => {
    const person = await personByEmail(tx, email);
    if (!person) return;
    const token = newToken();
    await savePasswordReset(tx, person.id, sha256(token), validMinutes);
    const link = `${deps.publicUrl}/password-reset/${token}`;
    // The operator's mail, not that of the person's organisation: a colleague must not find the link in the list of mails.
    const { id: org } = present(await operatorOrganisation(tx), "who has an account was let in by an operator");
    const { language } = person;
    await deps.sendMail(tx, { org, to: email, language, template: "password-reset", ...passwordResetMail(language, link), link });
  });
}

type ResetError = { readonly kind: "password-reset-link-invalid" | "password-too-weak" | "too-many-requests" };

/** Sets the password once and ends all sessions; the second factor stays. */
export async function resetPassword(deps: AccessDeps, token: string, password: string, address: string): Promise<Result<true, ResetError>> {
  const attempt = await beginAttempt(deps, "password-reset-link", address, address);
  if (attempt.isTooMany) return err({ kind: "too-many-requests" });
  const tokenSha256 = sha256(token);
  // Looked up before the hash is computed, which costs a stranger nothing and us much.
  const known = await deps.db.inTransaction("system", (tx) => findPasswordReset(tx, tokenSha256));
  if (!known) return err({ kind: "password-reset-link-invalid" });
  await attempt.forgive();
  if (!isStrongPassword(password)) return err({ kind: "password-too-weak" });

  const passwordHash = await deps.signIn.hashPassword(password);
  return deps.db.inTransaction("system", async (tx) => {
    const user = await findPasswordReset(tx, tokenSha256);
    if (!user) return err({ kind: "password-reset-link-invalid" });
    await replacePassword(tx, user, passwordHash);
    const memberships = await membershipsOf(tx, user);
    const principal = { kind: "user", user, scopes: new Set<never>(), isFresh: false } as const;
    await audit(tx, ...memberships.map(({ org }) => ({ org, principal, action: "password.reset", subject: user, facts: {} })));
    return ok(true);
  });
}
