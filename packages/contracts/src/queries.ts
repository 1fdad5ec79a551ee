import type { Instant, LocalText, OrgId, ProgrammeId, ProposalId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { programmesByIds } from "./db/programmes.ts";
import { findProposals } from "./db/proposals.ts";

export {
  type Contract,
  type ContractVersion,
  contractInForce,
  contractsInForce,
  contractsOfOrg,
  type InForceQuestion,
  versionsByIds,
  versionsOfContracts,
} from "./db/contracts.ts";
export { programmeList, programmesByIds } from "./db/programmes.ts";

/** A proposal that waits for the organisation: what Home lists. */
export type ContractToDo = {
  readonly kind: "proposal-turn" | "proposal-draft";
  readonly proposal: ProposalId;
  readonly programme: ProgrammeId;
  readonly title: LocalText;
  readonly since: Instant;
  readonly dueAt: Instant | null;
};

const toDosMax = 50;

/** Asked in a transaction of the organisation. */
export async function contractToDos(tx: Tx, org: OrgId): Promise<readonly ContractToDo[]> {
  const proposals = await findProposals(tx, org, { state: "open", turn: "mine", limit: toDosMax });
  const programmes = await programmesByIds(tx, [...new Set(proposals.map((proposal) => proposal.programme))]);
  const nameOf = (id: ProgrammeId): string => programmes.find((programme) => programme.id === id)?.name ?? id;
  return proposals.map((proposal) => {
    const name = nameOf(proposal.programme);
    const isDraft = proposal.state === "draft";
    return {
      kind: isDraft ? "proposal-draft" : "proposal-turn",
      proposal: proposal.id,
      programme: proposal.programme,
      title: isDraft
        ? { de: `Entwurf für ${name} übergeben`, en: `Hand over the draft for ${name}` }
        : { de: `Vorschlag für ${name} beantworten`, en: `Answer the proposal for ${name}` },
      since: proposal.changedAt,
      dueAt: proposal.state === "open" ? proposal.standing.expiresAt : null,
    };
  });
}
