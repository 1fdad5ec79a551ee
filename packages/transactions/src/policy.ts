import { hasScope } from "@biotop/access";
import type { OrgId } from "@biotop/kernel";
import type { Principal } from "@biotop/platform/http";
import type { Validation } from "./domain/conversion.ts";

export type Allowed = { readonly approve: boolean; readonly decline: boolean; readonly hold: boolean; readonly adjust: boolean };

/** Only the merchant decides about its sales; a decision can be taken back as long as the state allows another one. */
export function allowed(principal: Principal, merchant: OrgId, validation: Validation): Allowed {
  const mayDecide = principal.kind !== "nobody" && principal.org === merchant && hasScope(principal, "transactions:validate");
  return {
    approve: mayDecide && canTake(validation, "approve"),
    decline: mayDecide && canTake(validation, "decline"),
    hold: mayDecide && canTake(validation, "hold"),
    adjust: mayDecide && validation !== "declined",
  };
}

export type Decision = "approve" | "decline" | "hold" | "release";

/** From which states a decision leads somewhere. */
const takenFrom: Readonly<Record<Decision, readonly Validation[]>> = {
  approve: ["open", "held", "declined"],
  decline: ["open", "held", "approved", "adjusted"],
  hold: ["open"],
  release: ["held"],
};

export function canTake(validation: Validation, decision: Decision): boolean {
  return takenFrom[decision].includes(validation);
}

export function statesFor(decision: Decision): readonly Validation[] {
  return takenFrom[decision];
}
