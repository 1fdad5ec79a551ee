import type { Currency, OrgId } from "@biotop/kernel";

export type OrganisationCreated = { readonly type: "organisation.created"; readonly org: OrgId };
export type LegalEntityChanged = { readonly type: "legal-entity.changed"; readonly org: OrgId };
export type BankAccountChanged = { readonly type: "bank-account.changed"; readonly org: OrgId; readonly currency: Currency };

export type DirectoryEvent = OrganisationCreated | LegalEntityChanged | BankAccountChanged;
