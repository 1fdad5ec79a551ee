import type { ContractId, ContractVersionId, Instant, OrgId, ProgrammeId, ProposalId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { orgsOf, type Party } from "../domain/agreement.ts";
import type { Terms } from "../domain/terms.ts";
import { partiesFrom, stored, versionTermsFrom } from "./stored-terms.ts";

export type Contract = {
  readonly id: ContractId;
  readonly kind: "partnership";
  readonly programme: ProgrammeId;
  readonly payer: OrgId;
  readonly earner: OrgId;
  readonly createdAt: Instant;
};

/** One immutable version: what all signatories accepted, and from when it holds. */
export type ContractVersion = {
  readonly id: ContractVersionId;
  readonly contractId: ContractId;
  readonly no: number;
  readonly programme: ProgrammeId;
  readonly payer: OrgId;
  readonly earner: OrgId;
  readonly parties: readonly Party[];
  readonly terms: Terms;
  readonly document: string;
  readonly hash: string;
  readonly proposal: ProposalId;
  readonly turn: number;
  readonly concludedAt: Instant;
  readonly effectiveFrom: Instant;
  /** When the next version takes over, as far as it is known today. */
  readonly effectiveTo: Instant | undefined;
};

/** False when the programme already has a contract with this earner: the database lets only one in. */
export async function insertContract(tx: Tx, contract: Contract, parties: readonly Party[]): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into contracts.contract (id, kind, programme_id, payer_id, earner_id, created_at, party_ids)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (programme_id, earner_id) do nothing`,
    [contract.id, contract.kind, contract.programme, contract.payer, contract.earner, contract.createdAt, orgsOf(parties)],
  );
  return rowCount === 1;
}

/** False when another version took the number meanwhile. */
export async function insertVersion(
  tx: Tx,
  version: Omit<ContractVersion, "effectiveTo" | "programme" | "payer" | "earner">,
  previousFrom: Instant | undefined,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into contracts.version (id, contract_id, no, proposal_id, turn_no, parties, terms, document, hash, concluded_at,
       effective_from, previous_no, previous_effective_from, party_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (contract_id, no) do nothing`,
    [
      version.id,
      version.contractId,
      version.no,
      version.proposal,
      version.turn,
      stored(version.parties),
      stored(version.terms),
      version.document,
      version.hash,
      version.concludedAt,
      version.effectiveFrom,
      previousFrom === undefined ? null : version.no - 1,
      previousFrom ?? null,
      orgsOf(version.parties),
    ],
  );
  return rowCount === 1;
}

const versionColumns = `v.id, v.contract_id, v.no, c.programme_id, c.payer_id, c.earner_id, v.parties, v.terms, v.document, v.hash,
  v.proposal_id, v.turn_no, v.concluded_at, v.effective_from,
  (select n.effective_from from contracts.version n where n.contract_id = v.contract_id and n.no = v.no + 1) as effective_to`;
const versionSource = "contracts.version v join contracts.contract c on c.id = v.contract_id";

type VersionRow = {
  readonly id: ContractVersionId;
  readonly contract_id: ContractId;
  readonly no: number;
  readonly programme_id: ProgrammeId;
  readonly payer_id: OrgId;
  readonly earner_id: OrgId;
  readonly parties: unknown;
  readonly terms: unknown;
  readonly document: string;
  readonly hash: string;
  readonly proposal_id: ProposalId;
  readonly turn_no: number;
  readonly concluded_at: Instant;
  readonly effective_from: Instant;
  readonly effective_to: Instant | null;
};

export async function versionsByIds(tx: Tx, ids: readonly ContractVersionId[]): Promise<readonly ContractVersion[]> {
  const { rows } = await tx.query<VersionRow>(
    `select ${versionColumns} from ${versionSource} where v.id = any($1)`,
    [ids],
    "contracts-versions-by-ids",
  );
  return rows.map(versionOf);
}

/** All versions of contracts, oldest first. */
export async function versionsOfContracts(tx: Tx, contracts: readonly ContractId[]): Promise<readonly ContractVersion[]> {
  const { rows } = await tx.query<VersionRow>(
    `select ${versionColumns} from ${versionSource} where v.contract_id = any($1) order by v.contract_id, v.no`,
    [contracts],
    "contracts-versions-of-contracts",
  );
  return rows.map(versionOf);
}

export type InForceQuestion = { readonly programme: ProgrammeId; readonly earner: OrgId; readonly at: Instant };

/** For each question, in its order: the version in force then, or none. One round trip. */
export async function contractsInForce(tx: Tx, questions: readonly InForceQuestion[]): Promise<readonly (ContractVersion | undefined)[]> {
  if (questions.length === 0) return [];
  const { rows } = await tx.query<{ ord: string; id: ContractVersionId }>(
    `select q.ord::text as ord, v.id
     from unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as q (programme, earner, at, ord)
     join contracts.contract c on c.programme_id = q.programme and c.earner_id = q.earner
     join lateral (select id from contracts.version where contract_id = c.id and effective_from <= q.at order by no desc limit 1) v on true`,
    [questions.map((each) => each.programme), questions.map((each) => each.earner), questions.map((each) => each.at)],
    "contracts-in-force",
  );
  const versions = new Map((await versionsByIds(tx, [...new Set(rows.map((row) => row.id))])).map((version) => [version.id, version]));
  const idByOrder = new Map(rows.map((row) => [row.ord, row.id]));
  return questions.map((_, index) => {
    const id = idByOrder.get(String(index + 1));
    return id && versions.get(id);
  });
}

/** The version that prices conversions of an earner in a programme at an instant. */
export async function contractInForce(tx: Tx, question: InForceQuestion): Promise<ContractVersion | undefined> {
  return (await contractsInForce(tx, [question]))[0];
}

export async function findContract(tx: Tx, id: ContractId): Promise<Contract | undefined> {
  const { rows } = await tx.query<ContractRow>(`select ${contractColumns} from contracts.contract where id = $1`, [id]);
  return rows[0] && contractOf(rows[0]);
}

export async function contractOfPair(tx: Tx, programme: ProgrammeId, earner: OrgId): Promise<ContractId | undefined> {
  const { rows } = await tx.query<{ id: ContractId }>("select id from contracts.contract where programme_id = $1 and earner_id = $2", [
    programme,
    earner,
  ]);
  return rows[0]?.id;
}

/** The contracts that an organisation is a party to, newest first. */
export async function contractsOfOrg(
  tx: Tx,
  org: OrgId,
  filter: { readonly programme?: ProgrammeId | undefined; readonly after?: string | undefined; readonly limit?: number } = {},
): Promise<readonly Contract[]> {
  const { rows } = await tx.query<ContractRow>(
    `select ${contractColumns} from contracts.contract
     where exists (select from contracts.version v where v.contract_id = contract.id and $1 = any (v.party_ids))
       and ($2::text is null or programme_id = $2) and ($3::text is null or id < $3)
     order by id desc limit $4`,
    [org, filter.programme ?? null, filter.after ?? null, filter.limit ?? 10_000],
  );
  return rows.map(contractOf);
}

const contractColumns = "id, kind, programme_id, payer_id, earner_id, created_at";

type ContractRow = {
  readonly id: ContractId;
  readonly kind: "partnership";
  readonly programme_id: ProgrammeId;
  readonly payer_id: OrgId;
  readonly earner_id: OrgId;
  readonly created_at: Instant;
};

function contractOf(row: ContractRow): Contract {
  return {
    id: row.id,
    kind: row.kind,
    programme: row.programme_id,
    payer: row.payer_id,
    earner: row.earner_id,
    createdAt: row.created_at,
  };
}

function versionOf(row: VersionRow): ContractVersion {
  return {
    id: row.id,
    contractId: row.contract_id,
    no: row.no,
    programme: row.programme_id,
    payer: row.payer_id,
    earner: row.earner_id,
    parties: partiesFrom(row.parties),
    terms: versionTermsFrom(row.hash, row.terms),
    document: row.document,
    hash: row.hash,
    proposal: row.proposal_id,
    turn: row.turn_no,
    concludedAt: row.concluded_at,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to ?? undefined,
  };
}
