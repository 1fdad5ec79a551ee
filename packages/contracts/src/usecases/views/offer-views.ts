import type { OfferId } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, getOffer, listOffers, QueryOf } from "@biotop/wire";
import { findOffer, findOffers } from "../../db/offers.ts";
import { orgsOf } from "../../domain/agreement.ts";
import type { Offer } from "../../domain/offer.ts";
import { termsHeadline, termsText } from "../../domain/terms-text.ts";
import { mayEditOffer, mayNegotiate } from "../../policy.ts";
import type { ContractsDeps } from "../deps.ts";
import { type Names, namesFor, partyViews } from "./names.ts";
import { pageOf } from "./page.ts";

export type OfferView = AnswerOf<typeof getOffer>;

export function showOffer(deps: ContractsDeps, actor: Actor, id: OfferId): Promise<OfferView | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const offer = await findOffer(tx, id);
    return offer && offerView(actor, offer, await namesFor(tx, orgsOf(offer.parties), [offer.programme]));
  });
}

export function listOfferViews(deps: ContractsDeps, actor: Actor, query: QueryOf<typeof listOffers>): Promise<AnswerOf<typeof listOffers>> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const offers = await findOffers(tx, actor.org, { ...query, limit: query.limit + 1 });
    const names = await namesFor(
      tx,
      offers.flatMap((offer) => orgsOf(offer.parties)),
      offers.map((offer) => offer.programme),
    );
    return pageOf(offers, query.limit, (offer) => offerView(actor, offer, names));
  });
}

function offerView(actor: Actor, offer: Offer, names: Names): OfferView {
  const programme = names.programme(offer.programme);
  const reading = names.reading(offer.programme);
  return {
    id: offer.id,
    programme: offer.programme,
    programmeName: programme.name,
    shopCurrency: programme.currency,
    org: offer.org,
    orgName: names.org(offer.org),
    title: offer.title,
    terms: offer.terms,
    text: { de: termsText(offer.terms, reading, "de"), en: termsText(offer.terms, reading, "en") },
    headline: termsHeadline(offer.terms),
    parties: partyViews(offer.parties, names),
    isOpen: offer.isOpen,
    autoAccept: offer.standingAcceptance !== null,
    state: offer.state,
    createdAt: offer.createdAt,
    can: { edit: mayEditOffer(actor, offer), propose: mayNegotiate(actor) && offer.state === "published" },
  };
}
