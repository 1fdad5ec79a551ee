import type { OrgId } from "@biotop/kernel";
import { type WaitingReason, waitingFor } from "./waiting-reason.ts";

export type VatStatus = "regular" | "small-business" | "foreign-business" | "unknown";

/** A legal entity as a document names it. */
export type TaxParty = {
  readonly org: OrgId;
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  readonly vatStatus: VatStatus;
  readonly vatId: string | null;
  readonly taxNumber: string | null;
  readonly registrationNumber: string | null;
};

/** What the law wants of a name and address on a document (§ 14 (4) no. 1 UStG). */
export function missingAddress(issuer: TaxParty | undefined, supplier: TaxParty | undefined, orgs: Orgs): readonly WaitingReason[] {
  const missing: WaitingReason[] = [];
  if (!issuer || !hasAddress(issuer)) missing.push(waitingFor("issuer-address-missing", orgs.issuer));
  if (!supplier || !hasAddress(supplier)) missing.push(waitingFor("supplier-address-missing", orgs.supplier));
  return missing;
}

type Orgs = { readonly issuer: OrgId; readonly supplier: OrgId };

function hasAddress(party: TaxParty): boolean {
  return [party.name, party.street, party.city, party.country].every((text) => text.trim() !== "");
}
