import { changeRole, memberRole, membersOf, removeMember } from "@biotop/directory";
import { err, type Instant, ok, present, type Result, type UserId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Actor } from "@biotop/platform/http";
import type { Role } from "@biotop/wire";
import { audit } from "../db/audit.ts";
import { peopleById } from "../db/people.ts";
import { revokeAuthoritiesOfUser } from "../db/signing-authorities.ts";
import { hasScope } from "../policy.ts";
import type { AccessDeps } from "./deps.ts";
import { mayGive } from "./invite-member.ts";

export type MemberShown = {
  readonly user: UserId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly hasSecondFactor: boolean;
  readonly since: Instant;
  readonly can: { readonly changeRole: boolean; readonly remove: boolean };
};

type MemberError = { readonly kind: "not-found" | "last-owner" | "scope-not-grantable" };

export function listMembers(deps: AccessDeps, principal: Actor): Promise<readonly MemberShown[]> {
  return deps.db.inTransaction({ org: principal.org }, (tx) => members(tx, principal));
}

async function members(tx: Tx, principal: Actor): Promise<readonly MemberShown[]> {
  const rows = await membersOf(tx, principal.org);
  const people = new Map(
    (
      await peopleById(
        tx,
        rows.map(({ user }) => user),
      )
    ).map((person) => [person.id, person]),
  );
  const owners = rows.filter(({ role }) => role === "owner").length;
  const shown: MemberShown[] = [];
  for (const { user, role, since } of rows) {
    const person = present(people.get(user), "every member is a person");
    const isLastOwner = role === "owner" && owners === 1;
    const may = hasScope(principal, "members:write") && !isLastOwner && (await mayGive(tx, principal, role));
    const { name, email, hasSecondFactor } = person;
    shown.push({ user, name, email, role, hasSecondFactor, since, can: { changeRole: may, remove: may } });
  }
  return shown;
}

export function changeMemberRole(deps: AccessDeps, principal: Actor, user: UserId, role: Role): Promise<Result<MemberShown, MemberError>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const before = await memberRole(tx, org, user);
    if (!before) return err({ kind: "not-found" });
    if (!(await mayGive(tx, principal, role)) || !(await mayGive(tx, principal, before))) return err({ kind: "scope-not-grantable" });
    if ((await changeRole(tx, org, user, role)) === "last-owner") return err({ kind: "last-owner" });

    await audit(tx, { org, principal, action: "member.role-changed", subject: user, facts: { from: before, to: role } });
    const shown = (await members(tx, principal)).find((member) => member.user === user);
    return ok(present(shown, "a member whose role changed is a member"));
  });
}

/** The person loses the organisation at once; what keys may sign in the person's name ends too. */
export function removeMemberOf(deps: AccessDeps, principal: Actor, user: UserId): Promise<Result<undefined, MemberError>> {
  const { org } = principal;
  return deps.db.inTransaction({ org }, async (tx) => {
    const role = await memberRole(tx, org, user);
    if (!role) return err({ kind: "not-found" });
    if (!(await mayGive(tx, principal, role))) return err({ kind: "scope-not-grantable" });
    if ((await removeMember(tx, org, user)) === "last-owner") return err({ kind: "last-owner" });

    await revokeAuthoritiesOfUser(tx, org, user, deps.clock.now());
    await audit(tx, { org, principal, action: "member.removed", subject: user, facts: { role } });
    return ok(undefined);
  });
}
