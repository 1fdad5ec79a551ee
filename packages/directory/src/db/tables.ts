import type { Currency, Id, Instant, Language, LocalDate, OrgId, TimeZone, UserId } from "@biotop/kernel";
import type { Capability, Role } from "@biotop/wire";
import type { VatStatus } from "../domain/legal-entity.ts";
import type { PropertyType } from "../domain/property.ts";

export type DirectoryTables = {
  "directory.organisation": {
    id: OrgId;
    name: string;
    country: string;
    language: Language;
    time_zone: TimeZone;
    capabilities: Capability[];
    is_operator: boolean;
    member_count: number;
    created_at: Instant;
  };
  "directory.member": { org_id: OrgId; user_id: UserId; role: Role; since: Instant };
  "directory.legal_entity": {
    org_id: OrgId;
    legal_name: string;
    street: string;
    postal_code: string;
    city: string;
    country: string;
    vat_status: VatStatus;
    vat_status_since: LocalDate | null;
    vat_id: string | null;
    tax_number: string | null;
    registration_number: string | null;
    changed_at: Instant;
  };
  "directory.bank_account": {
    org_id: OrgId;
    currency: Currency;
    holder: string;
    iban: string | null;
    bic: string | null;
    account_text: string | null;
    changed_at: Instant;
  };
  "directory.property": { id: Id<"ppt">; org_id: OrgId; name: string; url: string; type: PropertyType; created_at: Instant };
};
