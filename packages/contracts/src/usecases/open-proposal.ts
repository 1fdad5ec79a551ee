import { audit } from "@biotop/access";
import { err, type OrgId, ok, type ProposalId, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { BodyOf, openProposal as endpoint, Problem } from "@biotop/wire";
import { contractOfPair, findContract, versionsOfContracts } from "../db/contracts.ts";
import { findOffer } from "../db/offers.ts";
import { findProgramme } from "../db/programmes.ts";
import { insertProposal, lockProposal } from "../db/proposals.ts";
import { type Amended, type Party, withRole } from "../domain/agreement.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Terms } from "../domain/terms.ts";
import { type ContractsDeps, decide } from "./deps.ts";
import { putForward, withPartner } from "./hand-over.ts";

type Given = BodyOf<typeof endpoint>;

/** Where a proposal starts from: what it is about, and the content of its first turn. */
type Start = Pick<Proposal, "programme" | "merchant" | "offer" | "amends"> & { readonly parties: readonly Party[]; readonly terms: Terms };

/** Opens a proposal from an offer, for a programme, or as an amendment, and puts its first turn forward. */
export function openProposal(deps: ContractsDeps, actor: Actor, given: Given): Promise<Result<ProposalId, Problem>> {
  return decide(deps, actor.org, async (tx) => {
    const start = await startOf(tx, actor, given);
    if (!start.ok) return start;
    const { programme, merchant, offer, amends, parties, terms } = start.value;
    if (amends === null) {
      const earner = withRole(parties, "earner");
      const existing = earner && (await contractOfPair(tx, programme, earner));
      if (existing) return err({ kind: "contract-already-in-force", contract: existing });
    }

    const at = deps.clock.now();
    const proposal: Proposal = {
      id: deps.ids.next("prp"),
      kind: "partnership",
      programme,
      merchant,
      offer,
      amends,
      openedBy: actor.org,
      openedAt: at,
      changedAt: at,
      state: "draft",
    };
    await insertProposal(tx, proposal);
    const locked = await lockProposal(tx, proposal.id);
    if (!locked) return err({ kind: "not-found" });
    const { effective, message, expiresAt, handOver, accept } = given;
    const put = await putForward(deps, tx, actor, locked, {
      parties,
      terms,
      effective,
      message,
      expiresAt: expiresAt ?? null,
      handOver,
      accept,
      expectedTurn: 0,
    });
    if (!put.ok) return put;
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "proposal.opened",
      subject: proposal.id,
      facts: { programme, offer, contract: amends?.contract ?? null },
      at,
    });
    return ok(proposal.id);
  });
}

async function startOf(tx: Tx, actor: Actor, given: Given): Promise<Result<Start, Problem>> {
  const named = [given.offer, given.programme, given.contract].filter((each) => each !== undefined);
  if (named.length !== 1) return missing("", "exactly one of offer, programme, contract");
  if (given.offer !== undefined) return fromOffer(tx, actor.org, given, given.offer);
  if (given.contract !== undefined) return fromContract(tx, given, given.contract);

  const programme = given.programme && (await findProgramme(tx, given.programme));
  if (!programme) return err({ kind: "not-found" });
  if (!given.terms) return missing("/terms", "a proposal that starts from a programme brings its own terms");
  if (!given.parties) return missing("/parties", "a proposal that starts from a programme names its parties");
  const { parties, terms } = given;
  return ok({ programme: programme.id, merchant: programme.org, offer: null, amends: null, parties, terms });
}

async function fromOffer(tx: Tx, org: OrgId, given: Given, id: NonNullable<Given["offer"]>): Promise<Result<Start, Problem>> {
  const offer = await findOffer(tx, id);
  if (!offer) return err({ kind: "not-found" });
  if (offer.state !== "published") return err({ kind: "offer-closed" });
  const isOfferingSide = offer.parties.some((party) => party.org === org);
  const partner = given.partner ?? (isOfferingSide ? undefined : org);
  if (partner === undefined) return missing("/partner", "name the partner that the offer is put to");
  const programme = await findProgramme(tx, offer.programme);
  if (!programme) return err({ kind: "not-found" });
  return ok({
    programme: programme.id,
    merchant: programme.org,
    offer: offer.id,
    amends: null,
    parties: given.parties ?? withPartner(offer, partner),
    terms: given.terms ?? offer.terms,
  });
}

async function fromContract(tx: Tx, given: Given, id: NonNullable<Given["contract"]>): Promise<Result<Start, Problem>> {
  const contract = await findContract(tx, id);
  const last = (await versionsOfContracts(tx, [id])).at(-1);
  const programme = contract && (await findProgramme(tx, contract.programme));
  if (!contract || !last || !programme) return err({ kind: "not-found" });
  const amends: Amended = { contract: id, version: last.id, no: last.no, hash: last.hash, effectiveFrom: last.effectiveFrom };
  return ok({
    programme: programme.id,
    merchant: programme.org,
    offer: null,
    amends,
    parties: given.parties ?? last.parties,
    terms: given.terms ?? last.terms,
  });
}

function missing(pointer: string, detail: string): Result<never, Problem> {
  return err({ kind: "invalid-request", errors: [{ pointer, code: "missing", detail }] });
}
