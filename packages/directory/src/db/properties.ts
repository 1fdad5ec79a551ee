import type { OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Property } from "../domain/property.ts";

export async function propertiesOf(tx: Tx, org: OrgId): Promise<readonly Property[]> {
  const { rows } = await tx.query<Property>(
    `select id, org_id as org, name, url, type, created_at as "createdAt" from directory.property where org_id = $1 order by name, id`,
    [org],
  );
  return rows;
}

/** `false`: the organisation has a property at this address already. */
export async function insertProperty(tx: Tx, property: Property): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into directory.property (id, org_id, name, url, type, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (org_id, url) do nothing`,
    [property.id, property.org, property.name, property.url, property.type, property.createdAt],
  );
  return rowCount === 1;
}
