import { err, type OrgId, ok, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import type { Problem } from "@biotop/wire";
import type { RunActor } from "./domain/payout-run.ts";

/** Payout runs belong to who pays; others learn nothing of them, not even that they exist. */
export function mayManageRun(org: OrgId, payer: OrgId): Result<true, Problem> {
  return org === payer ? ok(true) : err({ kind: "not-found" });
}

/** A document is seen by who issues it and by who receives it. */
export function maySeeDocument(org: OrgId, document: { readonly issuer: OrgId; readonly supplier: OrgId }): boolean {
  return document.issuer === org || document.supplier === org;
}

export function runActorOf(principal: Actor): RunActor {
  if (principal.kind === "user") return { kind: "user", id: principal.user, person: principal.user };
  return { kind: "key", id: principal.key, person: principal.createdBy ?? null };
}
