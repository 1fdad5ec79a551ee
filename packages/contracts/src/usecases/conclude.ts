import { audit } from "@biotop/access";
import { assert, type ContractId, err, type Instant, ok, present, type Result } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { Problem } from "@biotop/wire";
import { sha256Hex } from "../calculate.ts";
import { contractOfPair, insertContract, insertVersion } from "../db/contracts.ts";
import { saveProposal } from "../db/proposals.ts";
import type { Turn } from "../db/turns.ts";
import { effectiveFrom, orgsOf, withRole } from "../domain/agreement.ts";
import { identityOf, isComplete, type Proposal, type Standing } from "../domain/proposal.ts";
import type { ContractActivated } from "../events.ts";
import type { ContractsDeps } from "./deps.ts";

/** All signatories have accepted the same hash: the turn becomes an immutable version, of a new contract or of the amended one. */
export async function conclude(
  deps: ContractsDeps,
  tx: Tx,
  what: { readonly actor: Actor; readonly proposal: Proposal; readonly standing: Standing; readonly turn: Turn; readonly at: Instant },
): Promise<Result<undefined, Problem>> {
  const { actor, proposal, standing, turn, at } = what;
  assert(isComplete(standing), "a version is in force only when all signatories accepted its hash");
  assert(sha256Hex(turn.document) === standing.hash && turn.hash === standing.hash, "the hash of a version is that of its document");
  const { amends } = proposal;
  const payer = present(withRole(turn.parties, "payer"), "a contract has a payer");
  const earner = present(withRole(turn.parties, "earner"), "a contract has an earner");

  const contract = amends?.contract ?? deps.ids.next("ctr");
  if (amends === null) {
    const made = { id: contract, kind: proposal.kind, programme: proposal.programme, payer, earner, createdAt: at };
    if (!(await insertContract(tx, made, turn.parties)))
      return err({ kind: "contract-already-in-force", contract: await contractOfPair(tx, proposal.programme, earner) });
  }
  const version = {
    id: deps.ids.next("cvn"),
    contractId: contract,
    no: (amends?.no ?? 0) + 1,
    parties: turn.parties,
    terms: turn.terms,
    document: turn.document,
    hash: turn.hash,
    proposal: proposal.id,
    turn: turn.no,
    concludedAt: at,
    effectiveFrom: effectiveFrom(turn.effective, at, amends?.effectiveFrom),
  };
  if (!(await insertVersion(tx, version, amends?.effectiveFrom))) return err({ kind: "contract-changed-meanwhile", contract });

  await saveProposal(tx, { ...identityOf(proposal), state: "accepted", standing, contract, changedAt: at });
  await tellConcluded(tx, actor, version, { contract, hash: turn.hash, at });
  await publish(tx, {
    type: "contract.activated",
    contractId: contract,
    versionId: version.id,
    no: version.no,
    programmeId: proposal.programme,
    proposalId: proposal.id,
    parties: orgsOf(turn.parties),
    payer,
    earner,
    effectiveFrom: version.effectiveFrom,
  } satisfies ContractActivated);
  return ok(undefined);
}

function tellConcluded(
  tx: Tx,
  actor: Actor,
  version: { readonly id: string; readonly no: number; readonly effectiveFrom: Instant },
  facts: { readonly contract: ContractId; readonly hash: string; readonly at: Instant },
): Promise<void> {
  return audit(tx, {
    org: actor.org,
    principal: actor,
    action: "contract.concluded",
    subject: facts.contract,
    facts: { version: version.id, no: version.no, hash: facts.hash, effectiveFrom: version.effectiveFrom },
    at: facts.at,
  });
}
