import { audit } from "@biotop/access";
import { type DocumentId, err, type OrgId, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { Problem } from "@biotop/wire";
import { documentById, saveHold } from "../db/document-reading.ts";
import type { BillingDeps } from "./deps.ts";

export type HoldDocument = {
  readonly org: OrgId;
  readonly principal: Actor;
  readonly document: DocumentId;
  /** Why the payer holds it back; none lets it go. */
  readonly reason: string | null;
};

/** The payer keeps a document out of payouts, or lets it go again; the payee sees that it is held. */
export function holdDocument(deps: BillingDeps, command: HoldDocument): Promise<Result<true, Problem>> {
  return deps.db.inTransaction({ org: command.org }, async (tx) => {
    const document = await documentById(tx, command.document);
    if (!document || document.issuer !== command.org) return err({ kind: "not-found" });
    if (document.settlement !== "open") return err({ kind: "document-not-payable", settlement: document.settlement });

    await saveHold(tx, document.id, command.reason);
    const action = command.reason === null ? "document.released" : "document.held";
    await audit(tx, { org: command.org, principal: command.principal, action, subject: document.id, facts: { reason: command.reason } });
    return ok(true);
  });
}
