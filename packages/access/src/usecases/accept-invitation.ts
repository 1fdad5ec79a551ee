import { addMember, createOrganisation, memberRole, type NewOrganisation } from "@biotop/directory";
import {
  err,
  type Id,
  type Language,
  type OfferId,
  type OrgId,
  ok,
  present,
  type Result,
  type TimeZone,
  type UserId,
} from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Principal } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { FieldError } from "@biotop/wire";
import { audit } from "../db/audit.ts";
import { invitationByToken, markAccepted } from "../db/invitations.ts";
import { insertPerson, type Person, peopleById, personByEmail } from "../db/people.ts";
import { type ClosedInvitation, type Invitation, whyClosed } from "../domain/invitation.ts";
import { isStrongPassword } from "../domain/password.ts";
import type { InvitationAccepted } from "../events.ts";
import { sha256 } from "../sign-in/secrets.ts";
import type { AccessDeps } from "./deps.ts";

export type Acceptance = {
  readonly token: string;
  /** For somebody who has no account yet. */
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly language?: Language | undefined;
  /** A partner's own organisation: a new one, or one that the person owns. */
  readonly organisation?: NewOrganisation | undefined;
  readonly join?: OrgId | undefined;
};

type AcceptError =
  | ClosedInvitation
  | { readonly kind: "not-found" | "invitation-for-another" | "account-exists" | "already-member" | "password-too-weak" }
  | { readonly kind: "invalid-request"; readonly errors: readonly FieldError[] };

export type Accepted = {
  readonly invitation: Id<"inv">;
  readonly organisation: OrgId;
  readonly offer: OfferId | null;
  readonly invitedBy: OrgId;
  /** Set when the person is new: who must be signed in now. */
  readonly newPerson: { readonly email: string } | undefined;
};

/** Creates the account of a new person or takes the one that is signed in, and lets it join: a team, or with an own organisation. */
export async function acceptInvitation(deps: AccessDeps, principal: Principal, given: Acceptance): Promise<Result<Accepted, AcceptError>> {
  const weak = given.password !== undefined && !isStrongPassword(given.password);
  const passwordHash = given.password !== undefined && !weak ? await deps.signIn.hashPassword(given.password) : undefined;
  return deps.db.inTransaction("system", async (tx) => {
    const invitation = await invitationByToken(tx, sha256(given.token));
    if (!invitation) return err({ kind: "not-found" });
    const closed = whyClosed(invitation, deps.realClock.now());
    if (closed) return err(closed);
    const signedIn = principal.kind === "user" ? (await peopleById(tx, [principal.user]))[0] : undefined;
    if (signedIn && signedIn.email !== invitation.email) return err({ kind: "invitation-for-another" });
    if (weak && !signedIn) return err({ kind: "password-too-weak" });
    const refusal = await refuseOrganisation(tx, invitation, given, signedIn?.id);
    if (refusal) return err(refusal);

    const person = signedIn ? ok(signedIn) : await newPerson(deps, tx, invitation, given, passwordHash);
    if (!person.ok) return person;
    const organisation = await join(deps, tx, invitation, given, person.value.id);
    await close(deps, tx, invitation, person.value.id, organisation);
    return ok({
      invitation: invitation.id,
      organisation,
      offer: invitation.offer,
      invitedBy: invitation.org,
      newPerson: signedIn ? undefined : { email: invitation.email },
    });
  });
}

async function newPerson(
  deps: AccessDeps,
  tx: Tx,
  invitation: Invitation,
  given: Acceptance,
  passwordHash: string | undefined,
): Promise<Result<Person, AcceptError>> {
  if (await personByEmail(tx, invitation.email)) return err({ kind: "account-exists" });
  const { name } = given;
  const missing = [...(name ? [] : ["name"]), ...(passwordHash ? [] : ["password"])];
  if (!name || !passwordHash)
    return err({
      kind: "invalid-request",
      errors: missing.map((field) => ({ pointer: `/${field}`, code: "needed", detail: "A new account needs a name and a password." })),
    });
  const language = given.language ?? invitation.language;
  const person = await insertPerson(tx, deps.ids, { name, email: invitation.email, language, passwordHash });
  return person ? ok(person) : err({ kind: "account-exists" });
}

async function refuseOrganisation(
  tx: Tx,
  invitation: Invitation,
  given: Acceptance,
  user: UserId | undefined,
): Promise<AcceptError | undefined> {
  if (invitation.kind !== "partner") return user && (await memberRole(tx, invitation.joins, user)) ? { kind: "already-member" } : undefined;
  if (given.join === undefined) return undefined;
  const role = user && (await memberRole(tx, given.join, user));
  if (role === "owner" || role === "admin") return undefined;
  return { kind: "invalid-request", errors: [{ pointer: "/join", code: "not-yours", detail: "An organisation that you own." }] };
}

async function join(deps: AccessDeps, tx: Tx, invitation: Invitation, given: Acceptance, user: UserId): Promise<OrgId> {
  const since = deps.clock.now();
  if (invitation.kind !== "partner") {
    await addMember(tx, { org: invitation.joins, user, role: invitation.role, since });
    return invitation.joins;
  }
  if (given.join !== undefined) return given.join;
  const wished = given.organisation ?? invitedOrganisation(invitation);
  const capabilities = wished.capabilities.length > 0 ? wished.capabilities : (["promote"] as const);
  const { id } = await createOrganisation(deps, tx, { ...wished, capabilities });
  await addMember(tx, { org: id, user, role: "owner", since });
  return id;
}

function invitedOrganisation(invitation: Invitation): NewOrganisation {
  return {
    name: present(invitation.organisationName, "an invitation of a partner names its organisation"),
    country: present(invitation.country, "an invitation of a partner names its country"),
    language: invitation.language,
    // A fixed, valid name; the organisation changes it in its settings.
    timeZone: "Europe/Berlin" as TimeZone,
    capabilities: ["promote"],
  };
}

async function close(deps: AccessDeps, tx: Tx, invitation: Invitation, user: UserId, organisation: OrgId): Promise<void> {
  const { id, org, kind, offer } = invitation;
  await markAccepted(tx, id, { at: deps.realClock.now(), by: user, org: organisation });
  const event: InvitationAccepted = { type: "invitation.accepted", invitation: id, kind, invitedBy: org, org: organisation, offer };
  await publish(tx, event);
  const principal = { kind: "user", user, scopes: new Set<never>(), isFresh: false } as const;
  const concerned = [...new Set([org, organisation])];
  await audit(
    tx,
    ...concerned.map((each) => ({
      org: each,
      principal,
      action: "invitation.accepted",
      subject: id,
      facts: { kind, organisation, role: invitation.role },
    })),
  );
}
