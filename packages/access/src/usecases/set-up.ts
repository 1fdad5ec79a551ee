import { addMember, createOrganisation, type NewOrganisation, operatorOrganisation, saveOrganisation } from "@biotop/directory";
import { err, type Language, type OrgId, ok, type Result, type TimeZone } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { createInstance, readInstance } from "@biotop/platform/instance";
import { audit } from "../db/audit.ts";
import { insertPerson } from "../db/people.ts";
import { saveSetupToken, setupToken, useSetupToken } from "../db/setup-token.ts";
import { isStrongPassword } from "../domain/password.ts";
import { isSameText, newToken, sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps, CoreDeps } from "./deps.ts";

export type SetUp = {
  readonly token: string;
  readonly admin: { readonly name: string; readonly email: string; readonly password: string; readonly language: Language };
  readonly organisation: NewOrganisation;
  readonly instance: { readonly name: string; readonly language: Language; readonly imprint: string; readonly privacy: string };
};

type SetUpError = { readonly kind: "setup-done" | "setup-token-invalid" | "password-too-weak" | "account-exists" };

/** A token for the set-up link; the one before stops working. `undefined`: the instance is set up. */
export function renewSetupToken(deps: CoreDeps): Promise<string | undefined> {
  return deps.db.inTransaction("system", async (tx) => {
    if (await readInstance(tx)) return undefined;
    const token = newToken();
    return (await saveSetupToken(tx, sha256(token))) ? token : undefined;
  });
}

/** Creates the first administrator, the operating organisation and the instance's legal pages, once. */
export async function completeSetUp(deps: AccessDeps, given: SetUp): Promise<Result<OrgId, SetUpError>> {
  if (!isStrongPassword(given.admin.password)) return err({ kind: "password-too-weak" });
  const passwordHash = await deps.signIn.hashPassword(given.admin.password);
  return deps.db.inTransaction("system", async (tx) => {
    const refusal = await whyNotNow(tx, given.token);
    if (refusal) return err(refusal);
    const { admin, instance } = given;
    const person = await insertPerson(tx, deps.ids, { ...admin, email: admin.email.toLowerCase(), passwordHash });
    if (!person) return err({ kind: "account-exists" });

    const now = deps.clock.now();
    await createInstance(tx, { ...instance, setUpAt: now });
    await useSetupToken(tx);
    const operator = await ensureOperator(deps, tx, given.organisation);
    await addMember(tx, { org: operator, user: person.id, role: "owner", since: now });
    const principal = { kind: "user", user: person.id, scopes: new Set<never>(), isFresh: false } as const;
    await audit(tx, { org: operator, principal, action: "instance.set-up", subject: operator, facts: { language: instance.language } });
    return ok(operator);
  });
}

async function whyNotNow(tx: Tx, token: string): Promise<SetUpError | undefined> {
  const known = await setupToken(tx);
  if (known?.isUsed || (await readInstance(tx))) return { kind: "setup-done" };
  return known && isSameText(known.tokenSha256, sha256(token)) ? undefined : { kind: "setup-token-invalid" };
}

/** What the set-up page needs to know before it shows its form. */
export function readSetUp(deps: AccessDeps, token: string | undefined) {
  return deps.db.inTransaction("system", async (tx) => {
    const isNeeded = (await readInstance(tx)) === undefined;
    const isTokenValid = isNeeded && token !== undefined && (await whyNotNow(tx, token)) === undefined;
    return { isNeeded, isTokenValid, publicUrl: deps.publicUrl };
  });
}

const operatorBeforeSetUp: NewOrganisation = {
  name: "Biotop",
  country: "DE",
  language: "en",
  // A fixed, valid name: the set-up asks for the right one.
  timeZone: "Europe/Berlin" as TimeZone,
  capabilities: ["network"],
};

/** The operating organisation. A key may need it before the set-up, which then gives it its name and owner. */
export async function ensureOperator(deps: CoreDeps, tx: Tx, named?: NewOrganisation): Promise<OrgId> {
  const known = await operatorOrganisation(tx);
  if (!known) return (await createOrganisation(deps, tx, { ...(named ?? operatorBeforeSetUp), isOperator: true })).id;
  if (named) await saveOrganisation(tx, { ...known, ...named });
  return known.id;
}
