import type { Page } from "playwright-core";
import { totpCode } from "./totp.ts";
import type { Say } from "./words.ts";

/** One person in the app: what they see, what the buttons are called, and their authenticator app. */
export type Actor = { readonly page: Page; readonly say: Say; readonly password: string; readonly secret: { current: string } };

export async function press({ page, say }: Actor, key: string, values?: Readonly<Record<string, string | number>>): Promise<void> {
  await page
    .getByRole("button", { name: say(key, values), exact: true })
    .first()
    .click();
}

export async function fill({ page, say }: Actor, key: string, text: string): Promise<void> {
  await page.getByLabel(say(key), { exact: true }).and(page.locator("input, textarea")).first().fill(text);
}

export async function go({ page, say }: Actor, key: string): Promise<void> {
  await page
    .getByRole("navigation", { name: say("nav.label") })
    .getByRole("link", { name: say(key), exact: true })
    .click();
  await page.getByRole("heading", { level: 1, name: say(key) }).waitFor();
}

/** Answers the second-factor dialog: enrols an authenticator app the first time, types its code later. */
export async function confirmSecondFactor(actor: Actor): Promise<void> {
  const { page, say, password, secret } = actor;
  const enrol = page.getByRole("dialog", { name: say("security.enrol-title") });
  const confirm = page.getByRole("dialog", { name: say("security.fresh-title") });
  await enrol.or(confirm).first().waitFor();
  if (await confirm.isVisible()) {
    await confirm.getByLabel(say("security.code")).fill(totpCode(secret.current, Date.now()));
    await confirm.getByRole("button", { name: say("security.confirm") }).click();
    await confirm.waitFor({ state: "hidden" });
    return;
  }
  await enrol.getByLabel(say("security.enrol-password")).fill(password);
  await enrol.getByRole("button", { name: say("form.next") }).click();
  secret.current = await enrol.getByLabel(say("security.secret")).inputValue();
  await enrol.getByLabel(say("security.enrol-code")).fill(totpCode(secret.current, Date.now()));
  await enrol.getByRole("button", { name: say("security.enrol-finish") }).click();
  await enrol.waitFor({ state: "hidden" });
}
