import type { OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Capability } from "@biotop/wire";
import type { Organisation } from "../domain/organisation.ts";
import type { DirectoryTables } from "./tables.ts";

type Row = DirectoryTables["directory.organisation"];

/** Organisations by id, in no order; unknown ids are left out. */
export async function findOrganisations(tx: Tx, ids: readonly OrgId[]): Promise<readonly Organisation[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<Row>(
    `select id, name, country, language, time_zone, capabilities, is_operator, member_count, created_at
     from directory.organisation where id = any($1::text[])`,
    [ids],
    "directory-organisations",
  );
  return rows.map(organisationOf);
}

export async function operatorOrganisation(tx: Tx): Promise<Organisation | undefined> {
  const row = await organisations(tx).selectAll().where("is_operator", "=", true).executeTakeFirst();
  return row && organisationOf(row);
}

export type OrganisationFilter = {
  readonly search?: string | undefined;
  readonly capability?: Capability | undefined;
  readonly ids?: readonly OrgId[] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

/** Organisations by name; one row more than `limit` when there is a next page. */
export async function listOrganisations(tx: Tx, filter: OrganisationFilter): Promise<readonly Organisation[]> {
  const { rows } = await tx.query<Row>(
    `select id, name, country, language, time_zone, capabilities, is_operator, member_count, created_at
     from directory.organisation
     where ($1::text is null or name ilike '%' || replace(replace(replace($1, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%')
       and ($2::text is null or $2 = any (capabilities))
       and ($3::text[] is null or id = any ($3))
       and ($4::text is null or (name, id) > (select name, id from directory.organisation where id = $4))
     order by name, id limit $5`,
    [filter.search ?? null, filter.capability ?? null, filter.ids ?? null, filter.after ?? null, filter.limit + 1],
  );
  return rows.map(organisationOf);
}

export async function insertOrganisation(tx: Tx, organisation: Organisation): Promise<void> {
  await tx
    .tables<DirectoryTables>()
    .insertInto("directory.organisation")
    .values({
      id: organisation.id,
      name: organisation.name,
      country: organisation.country,
      language: organisation.language,
      time_zone: organisation.timeZone,
      capabilities: [...organisation.capabilities],
      is_operator: organisation.isOperator,
      member_count: organisation.memberCount,
      created_at: organisation.createdAt,
    })
    .execute();
}

export async function saveOrganisation(tx: Tx, organisation: Organisation): Promise<void> {
  await tx
    .tables<DirectoryTables>()
    .updateTable("directory.organisation")
    .set({
      name: organisation.name,
      country: organisation.country,
      language: organisation.language,
      time_zone: organisation.timeZone,
      capabilities: [...organisation.capabilities],
    })
    .where("id", "=", organisation.id)
    .execute();
}

function organisations(tx: Tx) {
  return tx.tables<DirectoryTables>().selectFrom("directory.organisation");
}

function organisationOf(row: Row): Organisation {
  return {
    id: row.id,
    name: row.name,
    country: row.country,
    language: row.language,
    timeZone: row.time_zone,
    capabilities: row.capabilities,
    isOperator: row.is_operator,
    memberCount: row.member_count,
    createdAt: row.created_at,
  };
}
