import type { Language, UserId } from "@biotop/kernel";
import { setLanguage } from "../db/people.ts";
import type { AccessDeps } from "./deps.ts";

/** The language of pages and mails for one person. */
export function chooseLanguage(deps: AccessDeps, user: UserId, language: Language): Promise<void> {
  return deps.db.inTransaction("system", (tx) => setLanguage(tx, user, language));
}
