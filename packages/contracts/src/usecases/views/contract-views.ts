import { type ContractId, type ContractVersionId, type Instant, type OrgId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type {
  AnswerOf,
  compareContractVersions,
  getContract,
  getContractVersion,
  listContracts,
  listContractVersions,
  QueryOf,
} from "@biotop/wire";
import {
  type Contract,
  type ContractVersion,
  contractsOfOrg,
  findContract,
  versionsByIds,
  versionsOfContracts,
} from "../../db/contracts.ts";
import { openAmendmentOf } from "../../db/proposals.ts";
import { acceptancesOf } from "../../db/turns.ts";
import { orgsOf, signatoriesOf } from "../../domain/agreement.ts";
import { diffParties, diffTerms } from "../../domain/diff-terms.ts";
import { termsHeadline, termsText } from "../../domain/terms-text.ts";
import { mayNegotiate } from "../../policy.ts";
import type { ContractsDeps } from "../deps.ts";
import { acceptanceViews } from "./acceptance-views.ts";
import { type Names, namesFor, partyViews } from "./names.ts";
import { pageOf } from "./page.ts";

type ContractView = AnswerOf<typeof getContract>;
type VersionView = AnswerOf<typeof getContractVersion>;
type RowView = AnswerOf<typeof listContracts>["rows"][number];
type VersionRow = AnswerOf<typeof listContractVersions>["rows"][number];

export function listContractViews(
  deps: ContractsDeps,
  actor: Actor,
  query: QueryOf<typeof listContracts>,
): Promise<AnswerOf<typeof listContracts>> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const contracts = await contractsOfOrg(tx, actor.org, { ...query, limit: query.limit + 1 });
    const versions = await versionsOfContracts(
      tx,
      contracts.map((contract) => contract.id),
    );
    const names = await namesFor(
      tx,
      versions.flatMap((version) => orgsOf(version.parties)),
      contracts.map((contract) => contract.programme),
    );
    const at = deps.clock.now();
    return pageOf(contracts, query.limit, (contract) =>
      rowView(
        contract,
        inForceOrFirst(
          versions.filter((version) => version.contractId === contract.id),
          at,
        ),
        names,
        at,
      ),
    );
  });
}

export function showContract(deps: ContractsDeps, actor: Actor, id: ContractId): Promise<ContractView | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const contract = await findContract(tx, id);
    const versions = await versionsOfContracts(tx, [id]);
    if (!contract || versions.length === 0) return undefined;
    const names = await namesFor(tx, orgsIn(versions), [contract.programme]);
    const at = deps.clock.now();
    const current = inForceOrFirst(versions, at);
    const openAmendment = await openAmendmentOf(tx, id);
    const signs = signatoriesOf(current.parties).includes(actor.org);
    return {
      ...rowView(contract, current, names, at),
      versions: versions.map(versionRow).reverse(),
      current: await versionView(tx, current, names),
      openAmendment,
      can: { amend: mayNegotiate(actor) && signs && openAmendment === null },
    };
  });
}

export function listVersionRows(
  deps: ContractsDeps,
  actor: Actor,
  id: ContractId,
): Promise<AnswerOf<typeof listContractVersions> | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const versions = await versionsOfContracts(tx, [id]);
    return versions.length === 0 ? undefined : { rows: versions.map(versionRow).reverse() };
  });
}

export function showVersion(deps: ContractsDeps, actor: Actor, id: ContractVersionId): Promise<VersionView | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const [version] = await versionsByIds(tx, [id]);
    return version && versionView(tx, version, await namesFor(tx, orgsIn([version]), [version.programme]));
  });
}

export function compareVersions(
  deps: ContractsDeps,
  actor: Actor,
  id: ContractId,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<AnswerOf<typeof compareContractVersions> | undefined> {
  return deps.db.inTransaction({ org: actor.org }, async (tx) => {
    const versions = await versionsOfContracts(tx, [id]);
    const [older, newer] = [from, to].map((no) => versions.find((version) => version.no === no));
    if (!older || !newer) return undefined;
    const names = await namesFor(tx, orgsIn([older, newer]), [older.programme]);
    const reading = names.reading(older.programme);
    const parties = diffParties(older.parties, newer.parties, reading);
    return { from, to, changes: [...diffTerms(older.terms, newer.terms, reading), ...parties] };
  });
}

function rowView(contract: Contract, current: ContractVersion, names: Names, at: Instant): RowView {
  return {
    id: contract.id,
    kind: contract.kind,
    programme: contract.programme,
    programmeName: names.programme(contract.programme).name,
    parties: partyViews(current.parties, names),
    payer: contract.payer,
    earner: contract.earner,
    state: current.effectiveFrom <= at ? "in-force" : "scheduled",
    versionId: current.id,
    versionNo: current.no,
    effectiveFrom: current.effectiveFrom,
    headline: termsHeadline(current.terms),
  };
}

function versionRow(version: ContractVersion): VersionRow {
  return {
    id: version.id,
    contract: version.contractId,
    no: version.no,
    hash: version.hash,
    concludedAt: version.concludedAt,
    effectiveFrom: version.effectiveFrom,
    effectiveTo: version.effectiveTo ?? null,
    headline: termsHeadline(version.terms),
  };
}

async function versionView(tx: Tx, version: ContractVersion, names: Names): Promise<VersionView> {
  const reading = names.reading(version.programme);
  const acceptances = (await acceptancesOf(tx, version.proposal)).filter((each) => each.turn === version.turn);
  return {
    ...versionRow(version),
    programme: version.programme,
    programmeName: names.programme(version.programme).name,
    shopCurrency: reading.shopCurrency,
    parties: partyViews(version.parties, names),
    terms: version.terms,
    text: { de: termsText(version.terms, reading, "de"), en: termsText(version.terms, reading, "en") },
    document: version.document,
    acceptances: acceptanceViews(acceptances, names),
  };
}

/** The version in force; while the first is still to come, that one. */
function inForceOrFirst(versions: readonly ContractVersion[], at: Instant): ContractVersion {
  const inForce = versions.findLast((version) => version.effectiveFrom <= at);
  return inForce ?? present(versions[0], "a contract has at least one version");
}

function orgsIn(versions: readonly ContractVersion[]): readonly OrgId[] {
  return versions.flatMap((version) => orgsOf(version.parties));
}
