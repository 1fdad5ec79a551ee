import type { OrgId } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { Link } from "./domain/link.ts";

/** A link belongs to the partner that made it; the merchant only sees it. */
export function mayChangeLink(actor: Actor, link: Pick<Link, "partner">): boolean {
  return actor.org === link.partner && actor.scopes.has("links:write");
}

/** How the edges and the loader fare is the operator's business. */
export function maySeeOperation(actor: Actor, organisation: { readonly id: OrgId; readonly isOperator: boolean } | undefined): boolean {
  return organisation?.id === actor.org && organisation.isOperator;
}
