import { audit } from "@biotop/access";
import { err, type OfferId, type OrgId, ok, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { BodyOf, createOffer as createEndpoint, Problem, updateOffer as updateEndpoint } from "@biotop/wire";
import { findOffer, insertOffer, saveOffer } from "../db/offers.ts";
import { findProgramme } from "../db/programmes.ts";
import { orgsOf, type Party, withRole } from "../domain/agreement.ts";
import type { GivenAuthority, Offer } from "../domain/offer.ts";
import type { OfferPublished } from "../events.ts";
import { mayEditOffer, mayEditProgramme } from "../policy.ts";
import { type ContractsDeps, decide } from "./deps.ts";
import { fieldError, refuseUnfitTerms, unknownOrganisations } from "./findings.ts";
import { authorityToSign } from "./signing-authority.ts";

export function createOffer(deps: ContractsDeps, actor: Actor, given: BodyOf<typeof createEndpoint>): Promise<Result<OfferId, Problem>> {
  return decide(deps, actor.org, async (tx) => {
    const programme = await findProgramme(tx, given.programme);
    if (!programme || !mayEditProgramme(actor, programme)) return err({ kind: "not-found" });
    const parties = offeringParties(actor.org, given.parties);
    const fit = await refuseUnfitOffer(tx, given.terms, parties);
    if (!fit.ok) return fit;
    const at = deps.clock.now();
    let standingAcceptance: GivenAuthority | null = null;
    if (given.autoAccept) {
      const authority = await authorityToSign(tx, actor, { programme: programme.id, terms: given.terms, at });
      if (!authority.ok) return authority;
      standingAcceptance = authority.value;
    }

    const offer: Offer = {
      id: deps.ids.next("off"),
      programme: programme.id,
      org: actor.org,
      title: given.title,
      terms: given.terms,
      parties,
      isOpen: given.isOpen,
      standingAcceptance,
      state: "published",
      visibleTo: [...new Set([...orgsOf(given.parties), ...given.invited])],
      createdAt: at,
    };
    await insertOffer(tx, offer);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "offer.published",
      subject: offer.id,
      facts: { programme: programme.id, isOpen: offer.isOpen, autoAccept: given.autoAccept },
      at,
    });
    const news = { offerId: offer.id, programmeId: programme.id, org: actor.org, isOpen: offer.isOpen };
    await publish(tx, { type: "offer.published", ...news } satisfies OfferPublished);
    return ok(offer.id);
  });
}

export function updateOffer(
  deps: ContractsDeps,
  actor: Actor,
  id: OfferId,
  given: BodyOf<typeof updateEndpoint>,
): Promise<Result<OfferId, Problem>> {
  return decide(deps, actor.org, async (tx) => {
    const offer = await findOffer(tx, id);
    if (!offer || !mayEditOffer(actor, offer)) return err({ kind: "not-found" });
    const changed: Offer = {
      ...offer,
      isOpen: given.isOpen ?? offer.isOpen,
      state: given.state ?? offer.state,
      visibleTo: [...new Set([...offer.visibleTo, ...(given.invite ?? [])])],
    };
    await saveOffer(tx, changed);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "offer.changed",
      subject: id,
      facts: { isOpen: changed.isOpen, state: changed.state, invited: given.invite ?? [] },
      at: deps.clock.now(),
    });
    return ok(id);
  });
}

/** The merchant pays unless another party is named for it; the partner joins later. */
function offeringParties(merchant: OrgId, others: readonly Party[]): readonly Party[] {
  if (orgsOf(others).includes(merchant)) return others;
  const isPaidByOther = withRole(others, "payer") !== undefined;
  return [{ org: merchant, roles: [isPaidByOther ? "intermediary" : "payer"], signatory: true }, ...others];
}

async function refuseUnfitOffer(tx: Tx, terms: Offer["terms"], parties: readonly Party[]): Promise<Result<undefined, Problem>> {
  const orgs = orgsOf(parties);
  const unknown = await unknownOrganisations(tx, parties);
  if (unknown.length > 0) return err({ kind: "parties-refused", errors: unknown.map((finding) => fieldError(finding.pointer, finding)) });
  if (new Set(orgs).size < orgs.length || withRole(parties, "earner") !== undefined)
    return err({
      kind: "parties-refused",
      errors: [
        {
          pointer: "/parties",
          code: "offer-parties",
          detail: "each organisation once, and no earner: the partner who takes the offer is it",
        },
      ],
    });
  return refuseUnfitTerms(terms, parties);
}
