import { organisationView } from "@biotop/directory";
import { ok } from "@biotop/kernel";
import { actorOf, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { readCsv } from "../domain/csv.ts";
import { hasScope } from "../policy.ts";
import { invitationsOf } from "../queries.ts";
import { acceptInvitation } from "../usecases/accept-invitation.ts";
import type { AccessDeps } from "../usecases/deps.ts";
import { inviteMember } from "../usecases/invite-member.ts";
import { invitePartners } from "../usecases/invite-partners.ts";
import { changeMemberRole, listMembers, removeMemberOf } from "../usecases/manage-members.ts";
import { readInvitation, revokeInvitation } from "../usecases/read-invitation.ts";
import { registerOrganisation } from "../usecases/register-organisation.ts";
import { showSession } from "../usecases/show-session.ts";
import { signInPerson } from "../usecases/sign-in-person.ts";
import { shown } from "./session-routes.ts";
import { invitationView, sentInvitationView } from "./views.ts";

export function memberRoutes(deps: AccessDeps): readonly Route[] {
  return [...teamRoutes(deps), ...invitationRoutes(deps), ...linkRoutes(deps), organisationRoute(deps)];
}

function teamRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.listMembers, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const rows = await listMembers(deps, actor.value.principal);
      return ok({ rows: [...rows], can: { invite: hasScope(input.principal, "members:write") } });
    }),
    route(wire.changeMemberRole, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      return changeMemberRole(deps, actor.value.principal, input.params.userId, input.body.role);
    }),
    route(wire.removeMember, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      return removeMemberOf(deps, actor.value.principal, input.params.userId);
    }),
  ];
}

function invitationRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.inviteMember, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const sent = await inviteMember(deps, actor.value.principal, input.body);
      return sent.ok ? ok(sentInvitationView(sent.value, input.principal, deps.realClock.now())) : sent;
    }),
    route(wire.invitePartners, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const rows = input.body.rows ?? readCsv(input.body.csv ?? "");
      const { invited, errors } = await invitePartners(deps, actor.value.principal, rows);
      const now = deps.realClock.now();
      const views = invited.map(({ row, ...sent }) => ({ ...sentInvitationView(sent, input.principal, now), row }));
      return ok({ invited: views, errors: errors.map((error) => ({ ...error })) });
    }),
    route(wire.listInvitations, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { org } = actor.value;
      const { limit } = input.query;
      const rows = await deps.db.inTransaction({ org }, (tx) => invitationsOf(tx, org, input.query));
      const now = deps.realClock.now();
      const page = rows.slice(0, limit).map((invitation) => invitationView(invitation, input.principal, now));
      return ok({ rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null });
    }),
    route(wire.revokeInvitation, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const revoked = await revokeInvitation(deps, actor.value.principal, input.params.invitationId);
      return revoked.ok ? ok(invitationView(revoked.value, input.principal, deps.realClock.now())) : revoked;
    }),
  ];
}

/** What somebody does who came by the link of an invitation. */
function linkRoutes(deps: AccessDeps): readonly Route[] {
  return [
    route(wire.getInvitation, async (input) => {
      const read = await readInvitation(deps, input.principal, input.params.token);
      if (!read.ok) return read;
      const { kind, email, role, organisationName, country, language, offer, expiresAt } = read.value.invitation;
      const { invitedBy, hasAccount, isForMe } = read.value;
      return ok({ kind, invitedBy, email, role, organisationName, country, language, offer, expiresAt, hasAccount, isForMe });
    }),
    route(wire.acceptInvitation, async (input) => {
      const accepted = await acceptInvitation(deps, input.principal, { ...input.body, token: input.params.token });
      if (!accepted.ok) return accepted;
      const { organisation, offer, invitedBy, newPerson } = accepted.value;
      const cookies = input.headers["cookie"] ?? "";
      const session = newPerson
        ? shown(input, await signInPerson(deps, { email: newPerson.email, password: input.body.password ?? "" }, input.address))
        : ok(await showSession(deps, deps.signIn.tokenIn(cookies)));
      return session.ok ? ok({ session: session.value, organisation, offer, invitedBy }) : session;
    }),
  ];
}

function organisationRoute(deps: AccessDeps): Route {
  return route(wire.createOrganisation, async (input) => {
    const { ownerEmail, ...given } = input.body;
    const registered = await registerOrganisation(deps, input.principal, given, ownerEmail);
    if (!registered.ok) return registered;
    const { organisation, ownerInvitation } = registered.value;
    const shownInvitation = ownerInvitation && {
      token: ownerInvitation.token,
      link: ownerInvitation.link,
      expiresAt: ownerInvitation.invitation.expiresAt,
      email: ownerInvitation.invitation.email,
    };
    return ok({ organisation: organisationView(organisation, input.principal), ownerInvitation: shownInvitation ?? null });
  });
}
