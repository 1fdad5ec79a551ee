import { audit } from "@biotop/access";
import { assert, type Instant, present } from "@biotop/kernel";
import type { DueSource } from "@biotop/platform/module";
import { publish } from "@biotop/platform/outbox";
import { lockExpired, nextExpiry, saveProposal } from "../db/proposals.ts";
import { orgsOf } from "../domain/agreement.ts";
import { identityOf } from "../domain/proposal.ts";
import type { ProposalClosed } from "../events.ts";
import type { ContractsDeps } from "../usecases/deps.ts";

const batchMax = 200;

/** Proposals whose deadline passes without a contract; the fact's time is the deadline. */
export function proposalExpiry(deps: Pick<ContractsDeps, "db">): DueSource {
  return {
    name: "contracts.proposal-expiry",
    nextDue: nextExpiry,
    runDue: (until: Instant) =>
      deps.db.inTransaction("system", async (tx) => {
        const proposals = await lockExpired(tx, until, batchMax);
        for (const proposal of proposals) {
          assert(proposal.state === "open", "only an open proposal expires");
          const { standing } = proposal;
          const at = present(standing.expiresAt, "what expires has a deadline");
          await saveProposal(tx, { ...identityOf(proposal), state: "expired", reason: "", standing, changedAt: at });
          await audit(tx, {
            org: proposal.openedBy,
            principal: "system",
            action: "proposal.expired",
            subject: proposal.id,
            facts: { turn: standing.turn },
            at,
          });
          const news = { proposalId: proposal.id, programmeId: proposal.programme, by: null, parties: orgsOf(standing.parties) };
          await publish(tx, { type: "proposal.closed", ...news, state: "expired" } satisfies ProposalClosed);
        }
        return proposals.length;
      }),
  };
}
