import type { Currency, Instant, OrgId, ProgrammeId, TimeZone } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Programme } from "../domain/programme.ts";

const columns = "id, org_id, name, home_url, hosts, currency, time_zone, consent_policy, state, created_at";

type Row = {
  readonly id: ProgrammeId;
  readonly org_id: OrgId;
  readonly name: string;
  readonly home_url: string;
  readonly hosts: readonly string[];
  readonly currency: Currency;
  readonly time_zone: TimeZone;
  readonly consent_policy: Programme["consentPolicy"];
  readonly state: Programme["state"];
  readonly created_at: Instant;
};

export async function insertProgramme(tx: Tx, programme: Programme): Promise<void> {
  await tx.query(`insert into contracts.programme (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
    programme.id,
    programme.org,
    programme.name,
    programme.homeUrl,
    programme.hosts,
    programme.currency,
    programme.timeZone,
    programme.consentPolicy,
    programme.state,
    programme.createdAt,
  ]);
}

export async function saveProgramme(tx: Tx, programme: Programme): Promise<void> {
  await tx.query("update contracts.programme set name = $2, home_url = $3, hosts = $4, consent_policy = $5, state = $6 where id = $1", [
    programme.id,
    programme.name,
    programme.homeUrl,
    programme.hosts,
    programme.consentPolicy,
    programme.state,
  ]);
}

export async function programmesByIds(tx: Tx, ids: readonly ProgrammeId[]): Promise<readonly Programme[]> {
  const { rows } = await tx.query<Row>(`select ${columns} from contracts.programme where id = any($1)`, [ids], "contracts-programmes");
  return rows.map(programmeOf);
}

export async function findProgramme(tx: Tx, id: ProgrammeId): Promise<Programme | undefined> {
  return (await programmesByIds(tx, [id]))[0];
}

/** Every programme: for the edges' route table, in a system transaction. */
export async function programmeList(tx: Tx): Promise<readonly Programme[]> {
  const { rows } = await tx.query<Row>(`select ${columns} from contracts.programme order by id`);
  return rows.map(programmeOf);
}

export type ProgrammeRelation = "own" | "contract" | "offered" | "any";

/** Newest first: own ones, those under contract, those with an offer that the organisation may see. */
export async function findProgrammes(
  tx: Tx,
  org: OrgId,
  filter: { readonly relation: ProgrammeRelation; readonly after?: string | undefined; readonly limit: number },
): Promise<readonly Programme[]> {
  const { rows } = await tx.query<Row>(
    `select ${columns} from contracts.programme p
     where ($2::text is null or p.id < $2)
       and (($3 in ('own', 'any') and p.org_id = $1)
         or ($3 in ('contract', 'any') and exists (
               select from contracts.contract c join contracts.version v on v.contract_id = c.id
               where c.programme_id = p.id and $1 = any (v.party_ids)))
         or ($3 in ('offered', 'any') and exists (select from contracts.offer o where o.programme_id = p.id and o.state = 'published'
               and o.org_id <> $1)))
     order by p.id desc limit $4`,
    [org, filter.after ?? null, filter.relation, filter.limit],
  );
  return rows.map(programmeOf);
}

export type ProgrammeStanding = { readonly openOffers: number; readonly contract: `ctr_${string}` | null };

/** How an organisation stands to programmes: offers that it may see, and its contract as earner. */
export async function programmeStandings(
  tx: Tx,
  org: OrgId,
  ids: readonly ProgrammeId[],
): Promise<ReadonlyMap<ProgrammeId, ProgrammeStanding>> {
  const { rows } = await tx.query<{ id: ProgrammeId; offers: bigint; contract: `ctr_${string}` | null }>(
    `select p.id, (select count(*) from contracts.offer o where o.programme_id = p.id and o.state = 'published') as offers,
       (select c.id from contracts.contract c where c.programme_id = p.id and c.earner_id = $2) as contract
     from contracts.programme p where p.id = any($1)`,
    [ids, org],
  );
  return new Map(rows.map((row) => [row.id, { openOffers: Number(row.offers), contract: row.contract }]));
}

function programmeOf(row: Row): Programme {
  return {
    id: row.id,
    org: row.org_id,
    name: row.name,
    homeUrl: row.home_url,
    hosts: row.hosts,
    currency: row.currency,
    timeZone: row.time_zone,
    consentPolicy: row.consent_policy,
    state: row.state,
    createdAt: row.created_at,
  };
}
