import type { Instant, OfferId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { GivenAuthority, Offer } from "../domain/offer.ts";
import { partiesFrom, stored, termsFrom } from "./stored-terms.ts";

const columns = "id, programme_id, org_id, title, terms, parties, is_open, standing_acceptance, state, visible_to, created_at";

type Row = {
  readonly id: OfferId;
  readonly programme_id: ProgrammeId;
  readonly org_id: OrgId;
  readonly title: string;
  readonly terms: unknown;
  readonly parties: unknown;
  readonly is_open: boolean;
  readonly standing_acceptance: GivenAuthority | null;
  readonly state: Offer["state"];
  readonly visible_to: readonly OrgId[];
  readonly created_at: Instant;
};

export async function insertOffer(tx: Tx, offer: Offer): Promise<void> {
  await tx.query(`insert into contracts.offer (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, [
    offer.id,
    offer.programme,
    offer.org,
    offer.title,
    stored(offer.terms),
    stored(offer.parties),
    offer.isOpen,
    offer.standingAcceptance === null ? null : stored(offer.standingAcceptance),
    offer.state,
    offer.visibleTo,
    offer.createdAt,
  ]);
}

/** Who sees it and whether it stands; terms and parties of an offer never change. */
export async function saveOffer(tx: Tx, offer: Offer): Promise<void> {
  await tx.query("update contracts.offer set is_open = $2, state = $3, visible_to = $4 where id = $1", [
    offer.id,
    offer.isOpen,
    offer.state,
    offer.visibleTo,
  ]);
}

export async function findOffer(tx: Tx, id: OfferId): Promise<Offer | undefined> {
  const { rows } = await tx.query<Row>(`select ${columns} from contracts.offer where id = $1`, [id]);
  return rows[0] && offerOf(rows[0]);
}

export async function findOffers(
  tx: Tx,
  org: OrgId,
  filter: {
    readonly programme?: ProgrammeId | undefined;
    readonly relation: "own" | "others" | "any";
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly Offer[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from contracts.offer
     where ($2::text is null or programme_id = $2) and ($3::text is null or id < $3)
       and case $4 when 'own' then org_id = $1 when 'others' then org_id <> $1 and state = 'published'
             else org_id = $1 or state = 'published' end
     order by id desc limit $5`,
    [org, filter.programme ?? null, filter.after ?? null, filter.relation, filter.limit],
  );
  return rows.map(offerOf);
}

/** Lets organisations see an offer; for an accepted invitation, in a system transaction. */
export async function showOfferTo(tx: Tx, id: OfferId, org: OrgId): Promise<void> {
  await tx.query("update contracts.offer set visible_to = array_append(visible_to, $2) where id = $1 and $2 <> all (visible_to)", [
    id,
    org,
  ]);
}

function offerOf(row: Row): Offer {
  return {
    id: row.id,
    programme: row.programme_id,
    org: row.org_id,
    title: row.title,
    terms: termsFrom(row.terms),
    parties: partiesFrom(row.parties),
    isOpen: row.is_open,
    standingAcceptance: row.standing_acceptance,
    state: row.state,
    visibleTo: row.visible_to,
    createdAt: row.created_at,
  };
}
