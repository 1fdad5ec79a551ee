import type { Actor } from "@biotop/platform/http";

/** The operator hands over links of mails that could not leave, also those that other organisations caused. */
export function maySeeAllMails(actor: Actor): boolean {
  return actor.scopes.has("instance:admin");
}
