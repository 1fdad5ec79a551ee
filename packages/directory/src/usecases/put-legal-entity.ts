import { err, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import { saveLegalEntity, taxProfileOf } from "../db/legal-entities.ts";
import { checkVatId, type LegalEntity, type VatIdError } from "../domain/legal-entity.ts";
import type { LegalEntityChanged } from "../events.ts";
import type { DirectoryDeps } from "./deps.ts";

export type GivenLegalEntity = Omit<LegalEntity, "org" | "changedAt">;

/** Sets the acting organisation's legal and tax data; documents issued before keep what they say. */
export function putLegalEntity(deps: DirectoryDeps, principal: Actor, given: GivenLegalEntity): Promise<Result<LegalEntity, VatIdError>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const vatId = given.vatId ? checkVatId(given.vatId, given.country) : ok(null);
    if (!vatId.ok) return err(vatId.error);

    const before = await taxProfileOf(tx, org);
    const entity: LegalEntity = { ...given, vatId: vatId.value, org, changedAt: deps.clock.now() };
    await saveLegalEntity(tx, entity);
    await publish(tx, { type: "legal-entity.changed", org } satisfies LegalEntityChanged);
    const facts = { vatStatus: entity.vatStatus, vatStatusBefore: before?.vatStatus ?? null, country: entity.country };
    await deps.audit(tx, { org, principal, action: "legal-entity.changed", subject: org, facts });
    return ok(entity);
  });
}
