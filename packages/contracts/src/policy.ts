import type { Actor } from "@biotop/platform/http";
import { signatoriesOf } from "./domain/agreement.ts";
import type { Offer } from "./domain/offer.ts";
import type { Programme } from "./domain/programme.ts";
import { type Proposal, turnNoOf } from "./domain/proposal.ts";

export function mayEditProgramme(actor: Actor, programme: Pick<Programme, "org">): boolean {
  return actor.org === programme.org && actor.scopes.has("contracts:write");
}

export function mayEditOffer(actor: Actor, offer: Pick<Offer, "org">): boolean {
  return actor.org === offer.org && actor.scopes.has("contracts:write");
}

export function mayNegotiate(actor: Actor): boolean {
  return actor.scopes.has("contracts:write");
}

export function maySign(actor: Actor): boolean {
  return actor.scopes.has("contracts:sign");
}

/** What the acting organisation may do next with a proposal; the screens show buttons by it. */
export function proposalActions(
  actor: Actor,
  proposal: Proposal,
): { readonly counter: boolean; readonly accept: boolean; readonly decline: boolean; readonly withdraw: boolean } {
  const writes = mayNegotiate(actor);
  if (proposal.state === "draft") {
    const isOwn = writes && proposal.openedBy === actor.org;
    return { counter: isOwn, accept: false, decline: false, withdraw: isOwn };
  }
  if (proposal.state !== "open") return { counter: false, accept: false, decline: false, withdraw: false };
  const { standing } = proposal;
  const signs = signatoriesOf(standing.parties).includes(actor.org);
  const isMine = proposal.openedBy === actor.org || standing.by === actor.org;
  return {
    counter: writes && signs,
    accept: maySign(actor) && signs && !standing.acceptedBy.includes(actor.org),
    decline: writes && signs && standing.by !== actor.org,
    withdraw: writes && isMine && turnNoOf(proposal) > 0,
  };
}
