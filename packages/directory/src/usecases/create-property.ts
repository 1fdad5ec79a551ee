import { err, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { insertProperty } from "../db/properties.ts";
import type { Property } from "../domain/property.ts";
import type { DirectoryDeps } from "./deps.ts";

export function createProperty(
  deps: DirectoryDeps,
  principal: Actor,
  given: Pick<Property, "name" | "url" | "type">,
): Promise<Result<Property, { readonly kind: "property-exists" }>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const property: Property = { id: deps.ids.next("ppt"), org, ...given, createdAt: deps.clock.now() };
    if (!(await insertProperty(tx, property))) return err({ kind: "property-exists" });

    await deps.audit(tx, { org, principal, action: "property.created", subject: property.id, facts: { type: property.type } });
    return ok(property);
  });
}
