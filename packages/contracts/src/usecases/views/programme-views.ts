import type { ProgrammeId } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { AnswerOf, getProgramme, listProgrammes, QueryOf } from "@biotop/wire";
import { findProgrammes, type ProgrammeStanding, programmeStandings, programmesByIds } from "../../db/programmes.ts";
import type { Programme } from "../../domain/programme.ts";
import { mayEditProgramme, mayNegotiate } from "../../policy.ts";
import type { ContractsDeps } from "../deps.ts";
import { type Names, namesFor } from "./names.ts";
import { pageOf } from "./page.ts";

export type ProgrammeView = AnswerOf<typeof getProgramme>;

export function showProgramme(deps: ContractsDeps, actor: Actor, id: ProgrammeId): Promise<ProgrammeView | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const programmes = await programmesByIds(tx, [id]);
    const names = await namesFor(tx, [], [id]);
    const standings = await programmeStandings(tx, actor.org, [id]);
    return programmes.map((programme) => programmeView(actor, programme, names, standings.get(id)))[0];
  });
}

export function listProgrammeViews(
  deps: ContractsDeps,
  actor: Actor,
  query: QueryOf<typeof listProgrammes>,
): Promise<AnswerOf<typeof listProgrammes>> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const programmes = await findProgrammes(tx, actor.org, { ...query, limit: query.limit + 1 });
    const ids = programmes.map((programme) => programme.id);
    const names = await namesFor(tx, [], ids);
    const standings = await programmeStandings(tx, actor.org, ids);
    return pageOf(programmes, query.limit, (programme) => programmeView(actor, programme, names, standings.get(programme.id)));
  });
}

function programmeView(actor: Actor, programme: Programme, names: Names, standing: ProgrammeStanding | undefined): ProgrammeView {
  const isOwn = mayEditProgramme(actor, programme);
  const contract = standing?.contract ?? null;
  return {
    id: programme.id,
    org: programme.org,
    orgName: names.org(programme.org),
    name: programme.name,
    homeUrl: programme.homeUrl,
    hosts: programme.hosts,
    currency: programme.currency,
    timeZone: programme.timeZone,
    consentPolicy: programme.consentPolicy,
    state: programme.state,
    openOffers: standing?.openOffers ?? 0,
    contract,
    can: {
      edit: isOwn,
      createOffer: isOwn,
      propose: mayNegotiate(actor) && contract === null,
      createLink: actor.scopes.has("links:write") && contract !== null,
    },
  };
}
