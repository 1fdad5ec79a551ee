import { audit } from "@biotop/access";
import { err, type Instant, ok, type ProposalId, present, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { Problem } from "@biotop/wire";
import { insertAcceptance, lockProposal, saveProposal } from "../db/proposals.ts";
import { draftOf, removeDraft, turnsOf } from "../db/turns.ts";
import { orgsOf } from "../domain/agreement.ts";
import { accept, decline, identityOf, type Proposal, type Standing, turnOf, withdraw } from "../domain/proposal.ts";
import type { ProposalAccepted, ProposalClosed } from "../events.ts";
import { conclude } from "./conclude.ts";
import { type ContractsDeps, decide } from "./deps.ts";
import { type NextTurn, putForward } from "./hand-over.ts";
import { authorityToSign } from "./signing-authority.ts";

type Answered = Promise<Result<ProposalId, Problem>>;

/** The next turn of a thread. Without parties they stay those of the standing turn, or of one's own draft. */
export function counterProposal(
  deps: ContractsDeps,
  actor: Actor,
  id: ProposalId,
  given: Omit<NextTurn, "parties"> & { readonly parties: NextTurn["parties"] | undefined },
): Answered {
  return decide(deps, actor.org, async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (!proposal) return err({ kind: "not-found" });
    const standing = proposal.state === "draft" ? undefined : proposal.standing;
    const parties = given.parties ?? standing?.parties ?? (await draftOf(tx, id, actor.org))?.parties;
    if (!parties) return err({ kind: "not-found" });
    const put = await putForward(deps, tx, actor, proposal, { ...given, parties });
    return put.ok ? ok(id) : put;
  });
}

/** Accepts the standing turn by its hash; the last missing signatory concludes. */
export function acceptProposal(
  deps: ContractsDeps,
  actor: Actor,
  id: ProposalId,
  seen: { readonly expectedTurn: number; readonly hash: string },
): Answered {
  return decide(deps, actor.org, async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (!proposal) return err({ kind: "not-found" });
    const at = deps.clock.now();
    const accepted = accept(proposal, actor.org, { turn: seen.expectedTurn, hash: seen.hash }, at);
    if (!accepted.ok) return accepted;
    const { standing, isComplete } = accepted.value;
    const turn = present((await turnsOf(tx, [id], standing.turn))[0], "a standing turn is stored");
    const authority = await authorityToSign(tx, actor, { programme: proposal.programme, terms: turn.terms, at });
    if (!authority.ok) return authority;

    await insertAcceptance(tx, { proposal: id, org: actor.org, at, authority: authority.value, standing });
    const open: Proposal = { ...identityOf(proposal), state: "open", standing, changedAt: at };
    await saveProposal(tx, open);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "proposal.accepted",
      subject: id,
      facts: { turn: standing.turn, hash: standing.hash, ...authority.value },
      at,
    });
    await publish(tx, {
      type: "proposal.accepted",
      proposalId: id,
      programmeId: proposal.programme,
      turn: standing.turn,
      by: actor.org,
      turnOf: turnOf(open),
      parties: orgsOf(standing.parties),
    } satisfies ProposalAccepted);
    if (!isComplete) return ok(id);
    const concluded = await conclude(deps, tx, { actor, proposal: open, standing, turn, at });
    return concluded.ok ? ok(id) : concluded;
  });
}

type Ending = { readonly expectedTurn: number; readonly reason: string };

export function declineProposal(deps: ContractsDeps, actor: Actor, id: ProposalId, given: Ending): Answered {
  return decide(deps, actor.org, async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (!proposal) return err({ kind: "not-found" });
    const at = deps.clock.now();
    const declined = decline(proposal, actor.org, given.expectedTurn, at);
    if (!declined.ok) return declined;
    return ok(await close(tx, actor, proposal, { state: "declined", reason: given.reason, standing: declined.value, at }));
  });
}

export function withdrawProposal(deps: ContractsDeps, actor: Actor, id: ProposalId, given: Ending): Answered {
  return decide(deps, actor.org, async (tx) => {
    const proposal = await lockProposal(tx, id);
    if (!proposal) return err({ kind: "not-found" });
    const at = deps.clock.now();
    const withdrawn = withdraw(proposal, actor.org, given.expectedTurn, at);
    if (!withdrawn.ok) return withdrawn;
    return ok(await close(tx, actor, proposal, { state: "withdrawn", reason: given.reason, standing: withdrawn.value ?? null, at }));
  });
}

async function close(
  tx: Tx,
  actor: Actor,
  proposal: Proposal,
  how: { readonly state: "declined" | "withdrawn"; readonly reason: string; readonly standing: Standing | null; readonly at: Instant },
): Promise<ProposalId> {
  const { state, reason, standing, at } = how;
  await saveProposal(tx, { ...identityOf(proposal), state, reason, standing, changedAt: at });
  await removeDraft(tx, proposal.id, actor.org);
  await audit(tx, { org: actor.org, principal: actor, action: `proposal.${state}`, subject: proposal.id, facts: { reason }, at });
  const parties = standing ? orgsOf(standing.parties) : [proposal.openedBy];
  const news = { proposalId: proposal.id, programmeId: proposal.programme, state, by: actor.org, parties };
  await publish(tx, { type: "proposal.closed", ...news } satisfies ProposalClosed);
  return proposal.id;
}
