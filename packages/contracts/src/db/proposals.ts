import { type ContractId, type Instant, type OfferId, type OrgId, type ProgrammeId, type ProposalId, present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type Amended, orgsOf, type Party } from "../domain/agreement.ts";
import type { AcceptanceAuthority } from "../domain/offer.ts";
import { type Proposal, type Standing, turnNoOf, turnOf } from "../domain/proposal.ts";
import { partiesFrom, stored } from "./stored-terms.ts";

const columns = `p.id, p.kind, p.programme_id, p.merchant_id, p.offer_id, p.amends,
  p.opened_by, p.opened_at, p.changed_at, p.state, p.turn, p.expires_at, p.reason, p.contract_id,
  t.by_org, t.hash, t.parties,
  coalesce((select array_agg(a.org_id order by a.at, a.org_id) from contracts.acceptance a
    where a.proposal_id = p.id and a.turn_no = p.turn), '{}') as accepted_by`;
const source = "contracts.proposal p left join contracts.turn t on t.proposal_id = p.id and t.no = p.turn";

type Row = {
  readonly id: ProposalId;
  readonly kind: "partnership";
  readonly programme_id: ProgrammeId;
  readonly merchant_id: OrgId;
  readonly offer_id: OfferId | null;
  readonly amends: Amended | null;
  readonly opened_by: OrgId;
  readonly opened_at: Instant;
  readonly changed_at: Instant;
  readonly state: Proposal["state"];
  readonly turn: number;
  readonly expires_at: Instant | null;
  readonly reason: string;
  readonly contract_id: ContractId | null;
  readonly by_org: OrgId | null;
  readonly hash: string | null;
  readonly parties: unknown;
  readonly accepted_by: readonly OrgId[];
};

export async function insertProposal(tx: Tx, proposal: Proposal): Promise<void> {
  await tx.query(
    `insert into contracts.proposal (id, kind, programme_id, merchant_id, offer_id, amends, amends_contract_id,
       opened_by, opened_at, changed_at, state, turn, expires_at, reason, contract_id, party_ids, turn_of)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 'draft', 0, null, '', null, array[$8], array[$8])`,
    [
      proposal.id,
      proposal.kind,
      proposal.programme,
      proposal.merchant,
      proposal.offer,
      proposal.amends === null ? null : stored(proposal.amends),
      proposal.amends?.contract ?? null,
      proposal.openedBy,
      proposal.openedAt,
    ],
  );
}

/** Locks the thread: of those who move at the same time one is first and the others see what it did. */
export async function lockProposal(tx: Tx, id: ProposalId): Promise<Proposal | undefined> {
  const { rows: locked } = await tx.query("select id from contracts.proposal where id = $1 for update", [id]);
  return locked.length === 0 ? undefined : findProposal(tx, id);
}

export async function findProposal(tx: Tx, id: ProposalId): Promise<Proposal | undefined> {
  const { rows } = await tx.query<Row>(`select ${columns} from ${source} where p.id = $1`, [id]);
  return rows[0] && proposalOf(rows[0]);
}

export async function saveProposal(tx: Tx, proposal: Proposal): Promise<void> {
  const standing = proposal.state === "draft" ? null : proposal.standing;
  await tx.query(
    `update contracts.proposal set state = $2, turn = $3, expires_at = $4, reason = $5, contract_id = $6, changed_at = $7,
       party_ids = $8, turn_of = $9 where id = $1`,
    [
      proposal.id,
      proposal.state,
      turnNoOf(proposal),
      standing?.expiresAt ?? null,
      "reason" in proposal ? proposal.reason : "",
      proposal.state === "accepted" ? proposal.contract : null,
      proposal.changedAt,
      standing ? [...new Set([proposal.openedBy, ...orgsOf(standing.parties)])] : [proposal.openedBy],
      turnOf(proposal),
    ],
  );
}

export async function insertAcceptance(
  tx: Tx,
  acceptance: { proposal: ProposalId; org: OrgId; at: Instant; authority: AcceptanceAuthority; standing: Standing },
): Promise<void> {
  const { proposal, org, at, authority, standing } = acceptance;
  await tx.query(
    `insert into contracts.acceptance (proposal_id, turn_no, org_id, hash, at, authority, party_ids) values ($1, $2, $3, $4, $5, $6, $7)`,
    [proposal, standing.turn, org, standing.hash, at, stored(authority), orgsOf(standing.parties)],
  );
}

export type ProposalFilter = {
  readonly state: "open" | "closed" | "any";
  readonly turn: "mine" | "theirs" | "any";
  readonly programme?: ProgrammeId | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Newest first. */
export async function findProposals(tx: Tx, org: OrgId, filter: ProposalFilter): Promise<readonly Proposal[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from ${source}
     where $1 = any (p.party_ids) and ($2::text is null or p.programme_id = $2) and ($3::text is null or p.id < $3)
       and case $4 when 'open' then p.state in ('draft', 'open') when 'closed' then p.state not in ('draft', 'open') else true end
       and case $5 when 'mine' then p.state in ('draft', 'open') and $1 = any (p.turn_of)
             when 'theirs' then p.state = 'open' and $1 <> all (p.turn_of) else true end
     order by p.id desc limit $6`,
    [org, filter.programme ?? null, filter.after ?? null, filter.state, filter.turn, filter.limit],
  );
  return rows.map(proposalOf);
}

/** An amendment of the contract that is still open, among those that the organisation sees. */
export async function openAmendmentOf(tx: Tx, contract: ContractId): Promise<ProposalId | null> {
  const { rows } = await tx.query<{ id: ProposalId }>(
    "select id from contracts.proposal where amends_contract_id = $1 and state in ('draft', 'open') order by id desc limit 1",
    [contract],
  );
  return rows[0]?.id ?? null;
}

export async function nextExpiry(tx: Tx): Promise<Instant | undefined> {
  const { rows } = await tx.query<{ at: Instant | null }>(
    "select min(expires_at) as at from contracts.proposal where state = 'open' and expires_at is not null",
  );
  return rows[0]?.at ?? undefined;
}

/** Locks at most one batch of proposals whose deadline has passed, earliest first. */
export async function lockExpired(tx: Tx, until: Instant, max: number): Promise<readonly Proposal[]> {
  const { rows } = await tx.query<{ id: ProposalId }>(
    `select id from contracts.proposal where state = 'open' and expires_at <= $1 order by expires_at, id limit $2 for update`,
    [until, max],
  );
  const ids = rows.map((row) => row.id);
  const { rows: full } = await tx.query<Row>(`select ${columns} from ${source} where p.id = any($1) order by p.expires_at, p.id`, [ids]);
  return full.map(proposalOf);
}

function proposalOf(row: Row): Proposal {
  const base = {
    id: row.id,
    kind: row.kind,
    programme: row.programme_id,
    merchant: row.merchant_id,
    offer: row.offer_id,
    amends: row.amends,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
  };
  if (row.state === "draft") return { ...base, state: "draft" };
  const standing = row.turn === 0 ? null : standingOf(row, partiesFrom(row.parties));
  if (row.state === "open") return { ...base, state: "open", standing: present(standing, "an open proposal has a standing turn") };
  if (row.state === "accepted") {
    const contract = present(row.contract_id, "an accepted proposal names its contract");
    return { ...base, state: "accepted", standing: present(standing, "an accepted proposal has a standing turn"), contract };
  }
  return { ...base, state: row.state, reason: row.reason, standing };
}

function standingOf(row: Row, parties: readonly Party[]): Standing {
  return {
    turn: row.turn,
    by: present(row.by_org, "a turn names who handed it over"),
    hash: present(row.hash, "a turn has a hash"),
    parties,
    acceptedBy: row.accepted_by,
    expiresAt: row.expires_at,
  };
}
