import { audit } from "@biotop/access";
import { assert, canonicalJson, err, type Instant, type OrgId, ok, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { Problem } from "@biotop/wire";
import { sha256Hex } from "../calculate.ts";
import { versionsByIds } from "../db/contracts.ts";
import { findOffer } from "../db/offers.ts";
import { insertAcceptance, saveProposal } from "../db/proposals.ts";
import { insertTurn, removeDraft, saveDraft, type Turn, type TurnContent } from "../db/turns.ts";
import { agreementDocument, orgsOf, type Party, signatoriesOf } from "../domain/agreement.ts";
import { plainJson } from "../domain/calculate.ts";
import { type AcceptanceAuthority, type Offer, standingAuthority } from "../domain/offer.ts";
import { identityOf, isComplete, mayHandOver, type Proposal, type Standing, turnOf } from "../domain/proposal.ts";
import type { ProposalHandedOver } from "../events.ts";
import { conclude } from "./conclude.ts";
import type { ContractsDeps } from "./deps.ts";
import { refuseUnfit } from "./findings.ts";
import { authorityToSign } from "./signing-authority.ts";

export type NextTurn = TurnContent & { readonly expectedTurn: number; readonly handOver: boolean; readonly accept: boolean };

/**
 * The next turn of a locked proposal: kept as the author's private draft, or handed over to all parties as a whole, with the
 * author's acceptance when asked for. A turn never changes afterwards.
 */
export async function putForward(
  deps: ContractsDeps,
  tx: Tx,
  actor: Actor,
  proposal: Proposal,
  next: NextTurn,
): Promise<Result<undefined, Problem>> {
  const at = deps.clock.now();
  const no = mayHandOver(proposal, actor.org, next.expectedTurn, at);
  if (!no.ok) return no;
  if (!orgsOf(next.parties).includes(actor.org)) return err({ kind: "not-a-party" });
  if (!next.handOver) {
    await saveDraft(tx, proposal.id, actor.org, { ...next, savedAt: at });
    return ok(undefined);
  }
  const fit = await refuseUnfit(tx, next.terms, next.parties, { merchant: proposal.merchant, before: await partiesBefore(tx, proposal) });
  if (!fit.ok) return fit;
  if (next.expiresAt !== null && next.expiresAt <= at) return err({ kind: "expiry-in-the-past", pointer: "/expiresAt" });

  const turn = turnFrom(proposal, next, no.value, actor.org, at);
  const acceptances = await acceptancesWith(tx, actor, proposal, turn, next.accept);
  if (!acceptances.ok) return acceptances;
  await insertTurn(tx, turn);
  await removeDraft(tx, proposal.id, actor.org);
  const acceptedBy = acceptances.value.map((each) => each.org);
  const standing: Standing = {
    turn: turn.no,
    by: actor.org,
    hash: turn.hash,
    parties: turn.parties,
    acceptedBy,
    expiresAt: turn.expiresAt,
  };
  for (const { org, authority } of acceptances.value) await insertAcceptance(tx, { proposal: proposal.id, org, at, authority, standing });
  const open: Proposal = { ...identityOf(proposal), state: "open", standing, changedAt: at };
  await saveProposal(tx, open);
  await tellHandedOver(tx, actor, open, standing, at);
  return isComplete(standing) ? conclude(deps, tx, { actor, proposal: open, standing, turn, at }) : ok(undefined);
}

function turnFrom(proposal: Proposal, content: TurnContent, no: number, by: OrgId, at: Instant): Turn {
  const { terms, parties, effective, message, expiresAt } = content;
  const document = agreementDocument({
    proposal: proposal.id,
    kind: proposal.kind,
    programme: { id: proposal.programme, merchant: proposal.merchant },
    parties,
    terms,
    effective,
    amends: proposal.amends,
  });
  return { proposal: proposal.id, no, by, at, terms, parties, effective, message, expiresAt, document, hash: sha256Hex(document) };
}

async function partiesBefore(tx: Tx, proposal: Proposal): Promise<readonly Party[] | undefined> {
  if (proposal.amends === null) return undefined;
  const [version] = await versionsByIds(tx, [proposal.amends.version]);
  if (version) return version.parties;
  // A party that only joins by this amendment does not see the version in force: it cannot change the parties of the turn it saw.
  return proposal.state === "open" ? proposal.standing.parties : undefined;
}

type NewAcceptance = { readonly org: OrgId; readonly authority: AcceptanceAuthority };

/** The author's own acceptance when asked for, and the merchant's standing one when its offer is taken unchanged. */
async function acceptancesWith(
  tx: Tx,
  actor: Actor,
  proposal: Proposal,
  turn: Turn,
  accepts: boolean,
): Promise<Result<readonly NewAcceptance[], Problem>> {
  const acceptances: NewAcceptance[] = [];
  if (accepts) {
    if (!signatoriesOf(turn.parties).includes(actor.org)) return err({ kind: "not-a-signatory" });
    const authority = await authorityToSign(tx, actor, { programme: proposal.programme, terms: turn.terms, at: turn.at });
    if (!authority.ok) return authority;
    acceptances.push({ org: actor.org, authority: authority.value });
  }
  const offer = proposal.offer === null ? undefined : await findOffer(tx, proposal.offer);
  const standing = offer && isUnchanged(offer, turn, actor.org) ? standingAuthority(offer) : undefined;
  if (offer && standing && offer.org !== actor.org && turn.no === 1) acceptances.push({ org: offer.org, authority: standing });
  assert(new Set(acceptances.map((each) => each.org)).size === acceptances.length, "a party accepts a turn once");
  return ok(acceptances);
}

/** Whether a turn takes an offer as it stands: its terms, its parties and the partner, from conclusion. */
function isUnchanged(offer: Offer, turn: TurnContent, partner: OrgId): boolean {
  const asOffered = { terms: offer.terms, parties: withPartner(offer, partner), effective: { rule: "on-conclusion" } };
  const { terms, parties, effective } = turn;
  return offer.state === "published" && canonicalJson(plainJson(asOffered)) === canonicalJson(plainJson({ terms, parties, effective }));
}

/** The parties of an offer together with the partner who takes it. */
export function withPartner(offer: Pick<Offer, "parties">, partner: OrgId): readonly Party[] {
  return [...offer.parties, { org: partner, roles: ["earner"], signatory: true }];
}

async function tellHandedOver(tx: Tx, actor: Actor, proposal: Proposal, standing: Standing, at: Instant): Promise<void> {
  await audit(tx, {
    org: actor.org,
    principal: actor,
    action: "proposal.handed-over",
    subject: proposal.id,
    facts: { turn: standing.turn, hash: standing.hash, accepted: standing.acceptedBy.includes(actor.org) },
    at,
  });
  await publish(tx, {
    type: "proposal.handed-over",
    proposalId: proposal.id,
    programmeId: proposal.programme,
    turn: standing.turn,
    by: actor.org,
    turnOf: turnOf(proposal),
    parties: orgsOf(standing.parties),
  } satisfies ProposalHandedOver);
}
