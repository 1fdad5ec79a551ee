import { err, ok, type ProposalId, type Result } from "@biotop/kernel";
import { type Actor, actorOf, type HandlerInput, type Route, route } from "@biotop/platform/http";
import type { Endpoint, Problem } from "@biotop/wire";
import * as wire from "@biotop/wire";
import { acceptProposal, counterProposal, declineProposal, withdrawProposal } from "../usecases/answer-proposal.ts";
import type { ContractsDeps } from "../usecases/deps.ts";
import { createOffer, updateOffer } from "../usecases/offers.ts";
import { openProposal } from "../usecases/open-proposal.ts";
import { createProgramme, updateProgramme } from "../usecases/programmes.ts";
import { compareVersions, listContractViews, listVersionRows, showContract, showVersion } from "../usecases/views/contract-views.ts";
import { listOfferViews, showOffer } from "../usecases/views/offer-views.ts";
import { listProgrammeViews, showProgramme } from "../usecases/views/programme-views.ts";
import { listProposalViews, showProposal } from "../usecases/views/proposal-views.ts";
import { dealVocabulary, showPreview } from "../usecases/views/terms-views.ts";

export function contractsRoutes(deps: ContractsDeps): readonly Route[] {
  return [...programmeRoutes(deps), ...offerRoutes(deps), ...proposalRoutes(deps), ...contractRoutes(deps)];
}

function programmeRoutes(deps: ContractsDeps): readonly Route[] {
  return [
    route(wire.createProgramme, (input) =>
      acting(input, async (actor) => {
        const made = await createProgramme(deps, actor, input.body);
        return made.ok ? found(showProgramme(deps, actor, made.value)) : made;
      }),
    ),
    route(wire.listProgrammes, (input) => acting(input, async (actor) => ok(await listProgrammeViews(deps, actor, input.query)))),
    route(wire.getProgramme, (input) => acting(input, (actor) => found(showProgramme(deps, actor, input.params.programmeId)))),
    route(wire.updateProgramme, (input) =>
      acting(input, async (actor) => {
        const changed = await updateProgramme(deps, actor, input.params.programmeId, input.body);
        return changed.ok ? found(showProgramme(deps, actor, changed.value)) : changed;
      }),
    ),
  ];
}

function offerRoutes(deps: ContractsDeps): readonly Route[] {
  return [
    route(wire.createOffer, (input) =>
      acting(input, async (actor) => {
        const made = await createOffer(deps, actor, input.body);
        return made.ok ? found(showOffer(deps, actor, made.value)) : made;
      }),
    ),
    route(wire.listOffers, (input) => acting(input, async (actor) => ok(await listOfferViews(deps, actor, input.query)))),
    route(wire.getOffer, (input) => acting(input, (actor) => found(showOffer(deps, actor, input.params.offerId)))),
    route(wire.updateOffer, (input) =>
      acting(input, async (actor) => {
        const changed = await updateOffer(deps, actor, input.params.offerId, input.body);
        return changed.ok ? found(showOffer(deps, actor, changed.value)) : changed;
      }),
    ),
    route(wire.previewTerms, (input) => acting(input, (actor) => found(showPreview(deps, actor, input.body)))),
    route(wire.getDealVocabulary, async () => ok(dealVocabulary())),
  ];
}

function proposalRoutes(deps: ContractsDeps): readonly Route[] {
  const answer = async (actor: Actor, done: Promise<Result<ProposalId, Problem>>) => {
    const result = await done;
    return result.ok ? found(showProposal(deps, actor, result.value)) : result;
  };
  return [
    route(wire.openProposal, (input) => acting(input, (actor) => answer(actor, openProposal(deps, actor, input.body)))),
    route(wire.listProposals, (input) => acting(input, async (actor) => ok(await listProposalViews(deps, actor, input.query)))),
    route(wire.getProposal, (input) => acting(input, (actor) => found(showProposal(deps, actor, input.params.proposalId)))),
    route(wire.counterProposal, (input) =>
      acting(input, (actor) => {
        const { expiresAt, parties, ...body } = input.body;
        return answer(actor, counterProposal(deps, actor, input.params.proposalId, { ...body, parties, expiresAt: expiresAt ?? null }));
      }),
    ),
    route(wire.acceptProposal, (input) =>
      acting(input, (actor) => answer(actor, acceptProposal(deps, actor, input.params.proposalId, input.body))),
    ),
    route(wire.declineProposal, (input) =>
      acting(input, (actor) => answer(actor, declineProposal(deps, actor, input.params.proposalId, input.body))),
    ),
    route(wire.withdrawProposal, (input) =>
      acting(input, (actor) => answer(actor, withdrawProposal(deps, actor, input.params.proposalId, input.body))),
    ),
  ];
}

function contractRoutes(deps: ContractsDeps): readonly Route[] {
  return [
    route(wire.listContracts, (input) => acting(input, async (actor) => ok(await listContractViews(deps, actor, input.query)))),
    route(wire.getContract, (input) => acting(input, (actor) => found(showContract(deps, actor, input.params.contractId)))),
    route(wire.listContractVersions, (input) => acting(input, (actor) => found(listVersionRows(deps, actor, input.params.contractId)))),
    route(wire.compareContractVersions, (input) =>
      acting(input, (actor) => found(compareVersions(deps, actor, input.params.contractId, input.query))),
    ),
    route(wire.getContractVersion, (input) => acting(input, (actor) => found(showVersion(deps, actor, input.params.versionId)))),
  ];
}

async function acting<T>(
  input: Pick<HandlerInput<Endpoint>, "principal">,
  work: (actor: Actor) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> {
  const actor = actorOf(input);
  return actor.ok ? work(actor.value.principal) : actor;
}

/** A row that is not there, or that somebody else owns, answers the same. */
async function found<T>(view: Promise<T | undefined>): Promise<Result<T, Problem>> {
  const value = await view;
  return value === undefined ? err({ kind: "not-found" }) : ok(value);
}
