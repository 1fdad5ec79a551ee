import type { OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { LegalEntity } from "../domain/legal-entity.ts";

const columns = `org_id as org, legal_name as "legalName", street, postal_code as "postalCode", city, country,
  vat_status as "vatStatus", vat_status_since as "vatStatusSince", vat_id as "vatId", tax_number as "taxNumber",
  registration_number as "registrationNumber", changed_at as "changedAt"`;

/** Legal and tax data; seen by the organisation itself and in system scope. */
export async function taxProfileOf(tx: Tx, org: OrgId): Promise<LegalEntity | undefined> {
  return (await taxProfilesOf(tx, [org]))[0];
}

export async function taxProfilesOf(tx: Tx, orgs: readonly OrgId[]): Promise<readonly LegalEntity[]> {
  const { rows } = await tx.query<LegalEntity>(
    `select ${columns} from directory.legal_entity where org_id = any($1::text[])`,
    [orgs],
    "directory-tax-profiles",
  );
  return rows;
}

export async function saveLegalEntity(tx: Tx, entity: LegalEntity): Promise<void> {
  await tx.query(
    `insert into directory.legal_entity (org_id, legal_name, street, postal_code, city, country, vat_status, vat_status_since,
       vat_id, tax_number, registration_number, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (org_id) do update set legal_name = excluded.legal_name, street = excluded.street,
       postal_code = excluded.postal_code, city = excluded.city, country = excluded.country, vat_status = excluded.vat_status,
       vat_status_since = excluded.vat_status_since, vat_id = excluded.vat_id, tax_number = excluded.tax_number,
       registration_number = excluded.registration_number, changed_at = excluded.changed_at`,
    [
      entity.org,
      entity.legalName,
      entity.street,
      entity.postalCode,
      entity.city,
      entity.country,
      entity.vatStatus,
      entity.vatStatusSince,
      entity.vatId,
      entity.taxNumber,
      entity.registrationNumber,
      entity.changedAt,
    ],
  );
}
