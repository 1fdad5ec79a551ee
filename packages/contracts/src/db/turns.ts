import type { Instant, OrgId, ProposalId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type EffectiveRule, orgsOf, type Party } from "../domain/agreement.ts";
import type { AcceptanceAuthority } from "../domain/offer.ts";
import type { Terms } from "../domain/terms.ts";
import { effectiveRuleFrom, partiesFrom, stored, termsFrom, versionTermsFrom } from "./stored-terms.ts";

/** What a party puts forward: the content of a turn or of a draft. */
export type TurnContent = {
  readonly terms: Terms;
  readonly parties: readonly Party[];
  readonly effective: EffectiveRule;
  readonly message: string;
  readonly expiresAt: Instant | null;
};

export type Turn = TurnContent & {
  readonly proposal: ProposalId;
  readonly no: number;
  readonly by: OrgId;
  readonly at: Instant;
  readonly document: string;
  readonly hash: string;
};

export type Acceptance = {
  readonly turn: number;
  readonly org: OrgId;
  readonly hash: string;
  readonly at: Instant;
  readonly authority: AcceptanceAuthority;
};

export type Draft = TurnContent & { readonly savedAt: Instant };

export async function insertTurn(tx: Tx, turn: Turn): Promise<void> {
  await tx.query(
    `insert into contracts.turn (proposal_id, no, by_org, at, message, terms, parties, effective, document, hash, expires_at, party_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      turn.proposal,
      turn.no,
      turn.by,
      turn.at,
      turn.message,
      stored(turn.terms),
      stored(turn.parties),
      stored(turn.effective),
      turn.document,
      turn.hash,
      turn.expiresAt,
      orgsOf(turn.parties),
    ],
  );
}

type TurnRow = {
  readonly proposal_id: ProposalId;
  readonly no: number;
  readonly by_org: OrgId;
  readonly at: Instant;
  readonly message: string;
  readonly terms: unknown;
  readonly parties: unknown;
  readonly effective: unknown;
  readonly document: string;
  readonly hash: string;
  readonly expires_at: Instant | null;
};

/** Every turn of the proposals that the transaction's organisation may see, in order. */
export async function turnsOf(tx: Tx, proposals: readonly ProposalId[], no?: number): Promise<readonly Turn[]> {
  const { rows } = await tx.query<TurnRow>(
    `select proposal_id, no, by_org, at, message, terms, parties, effective, document, hash, expires_at from contracts.turn
     where proposal_id = any($1) and ($2::integer is null or no = $2) order by proposal_id, no`,
    [proposals, no ?? null],
  );
  return rows.map((row) => ({
    proposal: row.proposal_id,
    no: row.no,
    by: row.by_org,
    at: row.at,
    message: row.message,
    terms: versionTermsFrom(row.hash, row.terms),
    parties: partiesFrom(row.parties),
    effective: effectiveRuleFrom(row.effective),
    document: row.document,
    hash: row.hash,
    expiresAt: row.expires_at,
  }));
}

export async function acceptancesOf(tx: Tx, proposal: ProposalId): Promise<readonly Acceptance[]> {
  const { rows } = await tx.query<{ turn_no: number; org_id: OrgId; hash: string; at: Instant; authority: AcceptanceAuthority }>(
    "select turn_no, org_id, hash, at, authority from contracts.acceptance where proposal_id = $1 order by turn_no, at, org_id",
    [proposal],
  );
  return rows.map((row) => ({ turn: row.turn_no, org: row.org_id, hash: row.hash, at: row.at, authority: row.authority }));
}

export async function saveDraft(tx: Tx, proposal: ProposalId, org: OrgId, draft: Draft): Promise<void> {
  await tx.query(
    `insert into contracts.draft (proposal_id, org_id, terms, parties, effective, message, expires_at, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (proposal_id, org_id) do update set terms = excluded.terms, parties = excluded.parties, effective = excluded.effective,
       message = excluded.message, expires_at = excluded.expires_at, saved_at = excluded.saved_at`,
    [proposal, org, stored(draft.terms), stored(draft.parties), stored(draft.effective), draft.message, draft.expiresAt, draft.savedAt],
  );
}

export async function removeDraft(tx: Tx, proposal: ProposalId, org: OrgId): Promise<void> {
  await tx.query("delete from contracts.draft where proposal_id = $1 and org_id = $2", [proposal, org]);
}

type DraftRow = {
  readonly terms: unknown;
  readonly parties: unknown;
  readonly effective: unknown;
  readonly message: string;
  readonly expires_at: Instant | null;
  readonly saved_at: Instant;
};

export async function draftOf(tx: Tx, proposal: ProposalId, org: OrgId): Promise<Draft | undefined> {
  const { rows } = await tx.query<DraftRow>(
    "select terms, parties, effective, message, expires_at, saved_at from contracts.draft where proposal_id = $1 and org_id = $2",
    [proposal, org],
  );
  const row = rows[0];
  return (
    row && {
      terms: termsFrom(row.terms),
      parties: partiesFrom(row.parties),
      effective: effectiveRuleFrom(row.effective),
      message: row.message,
      expiresAt: row.expires_at,
      savedAt: row.saved_at,
    }
  );
}
