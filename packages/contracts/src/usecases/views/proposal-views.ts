import { type OrgId, type ProposalId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, getProposal, listProposals, QueryOf } from "@biotop/wire";
import { versionsByIds } from "../../db/contracts.ts";
import { findOffer } from "../../db/offers.ts";
import { findProposal, findProposals } from "../../db/proposals.ts";
import { type Acceptance, acceptancesOf, type Draft, draftOf, type Turn, turnsOf } from "../../db/turns.ts";
import { orgsOf, type Party } from "../../domain/agreement.ts";
import { diffParties, diffTerms, type TermsChange } from "../../domain/diff-terms.ts";
import { type Proposal, turnNoOf, turnOf } from "../../domain/proposal.ts";
import type { Terms } from "../../domain/terms.ts";
import { termsHeadline, termsText } from "../../domain/terms-text.ts";
import { proposalActions } from "../../policy.ts";
import type { ContractsDeps } from "../deps.ts";
import { findingsOf } from "../findings.ts";
import { acceptanceViews } from "./acceptance-views.ts";
import { type Names, namesFor, partyViews } from "./names.ts";
import { pageOf } from "./page.ts";

export type ProposalView = AnswerOf<typeof getProposal>;
type RowView = AnswerOf<typeof listProposals>["rows"][number];
type Start = { readonly terms: Terms; readonly parties: readonly Party[] | undefined };
type Content = { readonly terms: Terms; readonly parties: readonly Party[] };

export function showProposal(deps: ContractsDeps, actor: Actor, id: ProposalId): Promise<ProposalView | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const proposal = await findProposal(tx, id);
    if (!proposal) return undefined;
    const turns = await turnsOf(tx, [id]);
    const draft = await draftOf(tx, id, actor.org);
    const acceptances = await acceptancesOf(tx, id);
    const start = await startingPoint(tx, proposal);
    const names = await namesFor(tx, orgsIn([...turns, ...(draft ? [draft] : [])]), [proposal.programme]);
    return proposalView(actor, { proposal, turns, draft, acceptances, start }, names);
  });
}

export function listProposalViews(
  deps: ContractsDeps,
  actor: Actor,
  query: QueryOf<typeof listProposals>,
): Promise<AnswerOf<typeof listProposals>> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const proposals = await findProposals(tx, actor.org, { ...query, limit: query.limit + 1 });
    const contents = new Map<ProposalId, Content>();
    for (const turn of await turnsOf(
      tx,
      proposals.map((proposal) => proposal.id),
    ))
      contents.set(turn.proposal, turn);
    for (const proposal of proposals) {
      const draft = proposal.state === "draft" ? await draftOf(tx, proposal.id, actor.org) : undefined;
      if (draft) contents.set(proposal.id, draft);
    }
    const shown = proposals.filter((proposal) => contents.has(proposal.id));
    const names = await namesFor(
      tx,
      orgsIn([...contents.values()]),
      shown.map((proposal) => proposal.programme),
    );
    const content = (id: ProposalId): Content => present(contents.get(id), "a proposal that is shown has content");
    return pageOf(shown, query.limit, (proposal) => rowView(proposal, content(proposal.id), names));
  });
}

type Thread = {
  readonly proposal: Proposal;
  readonly turns: readonly Turn[];
  readonly draft: Draft | undefined;
  readonly acceptances: readonly Acceptance[];
  readonly start: Start | undefined;
};

function proposalView(actor: Actor, thread: Thread, names: Names): ProposalView | undefined {
  const { proposal, turns, draft, acceptances, start } = thread;
  const standing = turns.find((turn) => turn.no === turnNoOf(proposal));
  const shown = standing ?? draft;
  if (!shown) return undefined;
  const reading = names.reading(proposal.programme);
  const changes = (from: Start | undefined, to: Content): readonly TermsChange[] =>
    from ? [...diffTerms(from.terms, to.terms, reading), ...(from.parties ? diffParties(from.parties, to.parties, reading) : [])] : [];
  const { terms, parties, effective } = shown;
  return {
    ...rowView(proposal, shown, names),
    shopCurrency: reading.shopCurrency,
    openedBy: proposal.openedBy,
    terms,
    text: { de: termsText(terms, reading, "de"), en: termsText(terms, reading, "en") },
    effective,
    hash: standing?.hash ?? null,
    findings: findingsOf(terms, parties),
    turns: turns.map((turn, index) => ({
      no: turn.no,
      by: turn.by,
      byName: names.org(turn.by),
      at: turn.at,
      message: turn.message,
      terms: turn.terms,
      parties: partyViews(turn.parties, names),
      effective: turn.effective,
      hash: turn.hash,
      changes: changes(turns[index - 1] ?? start, turn),
      acceptances: acceptanceViews(
        acceptances.filter((each) => each.turn === turn.no),
        names,
      ),
    })),
    draft: draft
      ? {
          terms: draft.terms,
          parties: draft.parties,
          effective: draft.effective,
          message: draft.message,
          savedAt: draft.savedAt,
          findings: findingsOf(draft.terms, draft.parties),
          changes: changes(standing ?? start, draft),
        }
      : null,
    closedReason: "reason" in proposal && proposal.reason !== "" ? proposal.reason : null,
    can: proposalActions(actor, proposal),
  };
}

function rowView(proposal: Proposal, content: Content, names: Names): RowView {
  return {
    id: proposal.id,
    kind: proposal.kind,
    programme: proposal.programme,
    programmeName: names.programme(proposal.programme).name,
    offer: proposal.offer,
    contract: proposal.state === "accepted" ? proposal.contract : (proposal.amends?.contract ?? null),
    isAmendment: proposal.amends !== null,
    parties: partyViews(content.parties, names),
    state: proposal.state,
    turn: turnNoOf(proposal),
    turnOf: turnOf(proposal),
    headline: termsHeadline(content.terms),
    expiresAt: proposal.state === "draft" ? null : (proposal.standing?.expiresAt ?? null),
    openedAt: proposal.openedAt,
    changedAt: proposal.changedAt,
  };
}

/** What the first turn started from: the amended version, or the offer, whose partner joins by the turn itself. */
async function startingPoint(tx: Tx, proposal: Proposal): Promise<Start | undefined> {
  const offer = proposal.offer === null ? undefined : await findOffer(tx, proposal.offer);
  if (offer) return { terms: offer.terms, parties: undefined };
  return proposal.amends === null ? undefined : (await versionsByIds(tx, [proposal.amends.version]))[0];
}

function orgsIn(contents: readonly Content[]): readonly OrgId[] {
  return contents.flatMap((content) => orgsOf(content.parties));
}
