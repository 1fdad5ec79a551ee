import { membershipsOf } from "@biotop/directory";
import type { AnswerOf, getSession } from "@biotop/wire";
import { findSession } from "../db/sessions.ts";
import { scopesOf } from "../domain/roles.ts";
import type { AccessDeps } from "./deps.ts";

export type SessionShown = AnswerOf<typeof getSession>;

/** The person behind a session token with every organisation that the person may act for. */
export async function showSession(deps: AccessDeps, token: string | undefined, isSecondFactorNeeded = false): Promise<SessionShown> {
  const nobody = {
    user: null,
    organisations: [],
    hasSecondFactor: false,
    isFresh: false,
    freshUntil: null,
    isSecondFactorNeeded,
  };
  if (token === undefined) return nobody;
  return deps.db.inTransaction("system", async (tx) => {
    const session = await findSession(tx, token);
    if (!session) return nobody;
    const memberships = await membershipsOf(tx, session.user);
    return {
      user: { id: session.user, name: session.name, email: session.email, language: session.language },
      organisations: memberships.map(({ org, name, role, capabilities, isOperator }) => ({
        id: org,
        name,
        role,
        scopes: [...scopesOf(role, isOperator)],
        capabilities: [...capabilities],
        isOperator,
      })),
      hasSecondFactor: session.hasSecondFactor,
      isFresh: session.freshUntil !== null,
      freshUntil: session.freshUntil,
      isSecondFactorNeeded: false,
    };
  });
}
