import { z } from "zod";
import { id, instantText, moneyAmount, pageOf, pageQuery, ppm } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { roles } from "../roles.ts";
import { scopes } from "../scopes.ts";
import { newOrganisation, sessionEndpoints, sessionView } from "./session.ts";

const role = z.enum(roles);
const none = z.undefined();

export const memberView = z.strictObject({
  user: id("usr"),
  name: z.string(),
  email: z.string(),
  role,
  hasSecondFactor: z.boolean(),
  since: instantText(),
  can: z.strictObject({ changeRole: z.boolean(), remove: z.boolean() }),
});

export const invitationView = z.strictObject({
  id: id("inv"),
  /** `member`: joins the inviting organisation; `partner`: brings an own organisation; `owner`: first owner of an organisation. */
  kind: z.enum(["member", "partner", "owner"]),
  email: z.string(),
  role,
  organisationName: z.string().nullable(),
  offer: id("off").nullable(),
  state: z.enum(["open", "accepted", "revoked", "expired"]),
  createdAt: instantText(),
  expiresAt: instantText(),
  can: z.strictObject({ revoke: z.boolean() }),
});

/** The link is shown once; it works also where no mail can be sent. */
const sentInvitation = z.strictObject({ invitation: invitationView, token: z.string(), link: z.string(), isMailSent: z.boolean() });

export const signingAuthorityView = z.strictObject({
  id: id("sga"),
  key: id("key"),
  /** The person in whose name the key accepts. */
  user: id("usr"),
  userName: z.string(),
  programmes: z.union([z.literal("any"), z.array(id("prg")).min(1).max(100)]),
  /** The highest percentage of a sale that the key may accept. */
  limitPpm: ppm(),
  /** The highest fixed amount; `null`: no fixed amounts. */
  limitFixed: moneyAmount().nullable(),
  expiresAt: instantText(),
  grantedAt: instantText(),
  revokedAt: instantText().nullable(),
});

export const keyView = z.strictObject({
  id: id("key"),
  name: z.string(),
  /** Begins every secret of this key: `bt_live_01j…`. */
  prefix: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: instantText(),
  expiresAt: instantText().nullable(),
  lastUsedAt: instantText().nullable(),
  revokedAt: instantText().nullable(),
  signingAuthorities: z.array(signingAuthorityView),
  can: z.strictObject({ revoke: z.boolean(), grantSigningAuthority: z.boolean() }),
});

export const listMembers = defineEndpoint({
  id: "listMembers",
  at: "api",
  method: "GET",
  path: "/v1/members",
  tag: "Members",
  summary: "List the own organisation's members",
  access: "organisations:read",
  status: 200,
  answer: z.strictObject({ rows: z.array(memberView), can: z.strictObject({ invite: z.boolean() }) }),
  problems: [],
});

export const changeMemberRole = defineEndpoint({
  id: "changeMemberRole",
  at: "api",
  method: "PUT",
  path: "/v1/members/{userId}",
  tag: "Members",
  summary: "Give a member another role",
  access: "members:write",
  params: z.strictObject({ userId: id("usr") }),
  body: z.strictObject({ role }),
  status: 200,
  answer: memberView,
  problems: ["not-found", "last-owner", "scope-not-grantable"],
});

export const removeMember = defineEndpoint({
  id: "removeMember",
  at: "api",
  method: "DELETE",
  path: "/v1/members/{userId}",
  tag: "Members",
  summary: "Remove a member; the person's keys' signing authorities end",
  access: "members:write",
  params: z.strictObject({ userId: id("usr") }),
  status: 204,
  answer: none,
  problems: ["not-found", "last-owner", "scope-not-grantable"],
});

export const inviteMember = defineEndpoint({
  id: "inviteMember",
  at: "api",
  method: "POST",
  path: "/v1/invitations",
  tag: "Members",
  summary: "Invite somebody into the own organisation",
  access: "members:write",
  body: z.strictObject({ email: z.email().max(254), role, language: z.enum(["de", "en"]).optional() }),
  status: 201,
  answer: sentInvitation,
  problems: ["already-member", "scope-not-grantable"],
});

export const listInvitations = defineEndpoint({
  id: "listInvitations",
  at: "api",
  method: "GET",
  path: "/v1/invitations",
  tag: "Members",
  summary: "List the own organisation's invitations of members and partners",
  access: "organisations:read",
  query: z.strictObject({ ...pageQuery, kind: z.enum(["member", "partner", "owner"]).optional() }),
  status: 200,
  answer: pageOf(invitationView),
  problems: [],
});

export const revokeInvitation = defineEndpoint({
  id: "revokeInvitation",
  at: "api",
  method: "DELETE",
  path: "/v1/invitations/{invitationId}",
  tag: "Members",
  summary: "Withdraw an open invitation",
  access: "members:write",
  params: z.strictObject({ invitationId: id("inv") }),
  status: 200,
  answer: invitationView,
  problems: ["not-found", "invitation-used"],
});

/** Loose on purpose: a bad row gets its own answer and the good rows are kept. */
const partnerRow = z.record(z.string().max(40), z.union([z.string().max(500), z.null()]));

export const invitePartners = defineEndpoint({
  id: "invitePartners",
  at: "api",
  method: "POST",
  path: "/v1/partner-invitations",
  tag: "Members",
  summary: "Invite partners, one or many, as rows or as CSV",
  description:
    "Fields of a row: email, organisationName, country, language, offer. Send `rows`, or `csv` with these names in its first line (comma, semicolon or tab). Rows with errors are named; the others are invited.",
  access: "contracts:write",
  body: z
    .strictObject({ rows: z.array(partnerRow).min(1).max(1000).optional(), csv: z.string().min(1).max(1_000_000).optional() })
    .refine((body) => (body.rows === undefined) !== (body.csv === undefined), "either rows or csv"),
  status: 200,
  answer: z.strictObject({
    invited: z.array(sentInvitation.extend({ row: z.number().int() })),
    errors: z.array(
      z.strictObject({
        /** 1 is the first row after the header. */
        row: z.number().int(),
        field: z.string(),
        code: z.string(),
        reason: z.strictObject({ de: z.string(), en: z.string() }),
      }),
    ),
  }),
  problems: ["invalid-request"],
});

export const getInvitation = defineEndpoint({
  id: "getInvitation",
  at: "api",
  method: "GET",
  path: "/v1/invitations/by-token/{token}",
  tag: "Members",
  summary: "Read an invitation by the token of its link",
  access: "public",
  params: z.strictObject({ token: z.string().min(1).max(100) }),
  status: 200,
  answer: z.strictObject({
    kind: z.enum(["member", "partner", "owner"]),
    invitedBy: z.strictObject({ id: id("org"), name: z.string() }),
    email: z.string(),
    role,
    organisationName: z.string().nullable(),
    country: z.string().nullable(),
    language: z.enum(["de", "en"]),
    offer: id("off").nullable(),
    expiresAt: instantText(),
    /** There is an account for the address already: sign in, then accept. */
    hasAccount: z.boolean(),
    /** The person who is signed in is the one who was invited. */
    isForMe: z.boolean(),
  }),
  problems: ["not-found", "invitation-expired", "invitation-used", "invitation-revoked"],
});

export const acceptInvitation = defineEndpoint({
  id: "acceptInvitation",
  at: "api",
  method: "POST",
  path: "/v1/invitations/by-token/{token}/accept",
  tag: "Members",
  summary: "Accept an invitation: creates the account, or joins with the one that is signed in",
  description:
    "A new person sends name and password. A partner names its organisation, or `join` with an organisation that the person owns.",
  access: "public",
  params: z.strictObject({ token: z.string().min(1).max(100) }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    password: z.string().min(1).max(200).optional(),
    language: z.enum(["de", "en"]).optional(),
    organisation: newOrganisation.optional(),
    join: id("org").optional(),
  }),
  status: 200,
  answer: z.strictObject({
    session: sessionView,
    organisation: id("org"),
    /** The offer that the invitation leads to. */
    offer: id("off").nullable(),
    invitedBy: id("org"),
  }),
  problems: [
    "not-found",
    "invitation-expired",
    "invitation-used",
    "invitation-revoked",
    "invitation-for-another",
    "account-exists",
    "already-member",
    "password-too-weak",
    "invalid-request",
  ],
});

export const listKeys = defineEndpoint({
  id: "listKeys",
  at: "api",
  method: "GET",
  path: "/v1/keys",
  tag: "Keys",
  summary: "List the own organisation's API keys",
  access: "organisations:read",
  status: 200,
  answer: z.strictObject({ rows: z.array(keyView), can: z.strictObject({ create: z.boolean() }) }),
  problems: [],
});

export const createKey = defineEndpoint({
  id: "createKey",
  at: "api",
  method: "POST",
  path: "/v1/keys",
  tag: "Keys",
  summary: "Create an API key; its secret is shown once",
  access: "keys:write",
  body: z.strictObject({
    name: z.string().trim().min(1).max(80),
    scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
    expiresAt: instantText().nullable().optional(),
  }),
  status: 201,
  answer: z.strictObject({ key: keyView, secret: z.string() }),
  problems: ["scope-not-grantable"],
});

export const revokeKey = defineEndpoint({
  id: "revokeKey",
  at: "api",
  method: "DELETE",
  path: "/v1/keys/{keyId}",
  tag: "Keys",
  summary: "Revoke an API key at once",
  access: "keys:write",
  params: z.strictObject({ keyId: id("key") }),
  status: 200,
  answer: keyView,
  problems: ["not-found"],
});

export const grantSigningAuthority = defineEndpoint({
  id: "grantSigningAuthority",
  at: "api",
  method: "POST",
  path: "/v1/keys/{keyId}/signing-authorities",
  tag: "Keys",
  summary: "Let a key accept contracts in the signed-in person's name, within limits",
  description: "Needs a second factor given within the last five minutes.",
  access: "contracts:sign",
  params: z.strictObject({ keyId: id("key") }),
  body: z.strictObject({
    programmes: signingAuthorityView.shape.programmes,
    limitPpm: ppm(),
    limitFixed: moneyAmount().nullable().optional(),
    expiresAt: instantText(),
  }),
  status: 201,
  answer: signingAuthorityView,
  problems: ["not-found", "fresh-sign-in-needed", "not-allowed"],
});

export const revokeSigningAuthority = defineEndpoint({
  id: "revokeSigningAuthority",
  at: "api",
  method: "DELETE",
  path: "/v1/signing-authorities/{signingAuthorityId}",
  tag: "Keys",
  summary: "End a signing authority at once",
  access: "keys:write",
  params: z.strictObject({ signingAuthorityId: id("sga") }),
  status: 200,
  answer: signingAuthorityView,
  problems: ["not-found"],
});

export const listAuditLog = defineEndpoint({
  id: "listAuditLog",
  at: "api",
  method: "GET",
  path: "/v1/audit-log",
  tag: "Audit log",
  summary: "List who did what in the own organisation, newest first",
  access: "organisations:read",
  query: z.strictObject({ ...pageQuery, action: z.string().max(80).optional(), subject: z.string().max(80).optional() }),
  status: 200,
  answer: pageOf(
    z.strictObject({
      id: id("aud"),
      number: z.string(),
      at: instantText(),
      actor: z.strictObject({ kind: z.enum(["user", "key", "system"]), id: z.string().nullable(), name: z.string().nullable() }),
      /** `contract.accepted`, `bank-account.changed`. */
      action: z.string(),
      subject: z.string(),
      facts: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
  problems: [],
});

export const accessEndpoints = [
  ...sessionEndpoints,
  listMembers,
  changeMemberRole,
  removeMember,
  inviteMember,
  listInvitations,
  revokeInvitation,
  invitePartners,
  getInvitation,
  acceptInvitation,
  listKeys,
  createKey,
  revokeKey,
  grantSigningAuthority,
  revokeSigningAuthority,
  listAuditLog,
] as const satisfies readonly Endpoint[];
