import type { TimeZone } from "@biotop/kernel";
import { z } from "zod";
import { id, instantText, timeZoneName } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";
import { capabilities, roles } from "../roles.ts";
import { scopes } from "../scopes.ts";

const language = z.enum(["de", "en"]);
const password = z.string().min(1).max(200);
const code = z.string().trim().min(6).max(40);
const none = z.undefined();
const personName = z.string().trim().min(1).max(120);

/** Organisation data of somebody who joins this instance. */
export const newOrganisation = z.strictObject({
  name: z.string().trim().min(1).max(120),
  country: z.string().regex(/^[A-Z]{2}$/, "a country code such as DE"),
  language: language.default("en"),
  timeZone: timeZoneName().default("Europe/Berlin" as TimeZone),
  capabilities: z.array(z.enum(capabilities)).max(capabilities.length).default([]),
});

export const sessionView = z.strictObject({
  /** `null`: nobody is signed in. */
  user: z.strictObject({ id: id("usr"), name: z.string(), email: z.string(), language }).nullable(),
  organisations: z.array(
    z.strictObject({
      id: id("org"),
      name: z.string(),
      role: z.enum(roles),
      scopes: z.array(z.enum(scopes)),
      capabilities: z.array(z.enum(capabilities)),
      isOperator: z.boolean(),
    }),
  ),
  hasSecondFactor: z.boolean(),
  /** The second factor was given within the last five minutes. */
  isFresh: z.boolean(),
  freshUntil: instantText().nullable(),
  /** The password was right; the second factor is still to be given. */
  isSecondFactorNeeded: z.boolean(),
});

export const getSetup = defineEndpoint({
  id: "getSetup",
  at: "api",
  method: "GET",
  path: "/v1/setup",
  tag: "Set-up",
  summary: "Whether this instance still waits for its first administrator",
  access: "public",
  query: z.strictObject({ token: z.string().max(100).optional() }),
  status: 200,
  answer: z.strictObject({ isNeeded: z.boolean(), isTokenValid: z.boolean(), publicUrl: z.string() }),
  problems: [],
});

export const completeSetup = defineEndpoint({
  id: "completeSetup",
  at: "api",
  method: "POST",
  path: "/v1/setup",
  tag: "Set-up",
  summary: "Set up the instance: first administrator, operating organisation, legal pages",
  description: "Works once, with the token of the set-up link. Signs the administrator in.",
  access: "public",
  body: z.strictObject({
    token: z.string().min(1).max(100),
    admin: z.strictObject({ name: personName, email: z.email().max(254), password, language: language.default("en") }),
    organisation: newOrganisation,
    instance: z.strictObject({
      name: z.string().trim().min(1).max(80),
      language: language.default("en"),
      imprint: z.string().trim().min(1).max(20_000),
      privacy: z.string().trim().min(1).max(50_000),
    }),
  }),
  status: 201,
  answer: sessionView,
  problems: ["setup-done", "setup-token-invalid", "password-too-weak", "account-exists"],
});

export const signIn = defineEndpoint({
  id: "signIn",
  at: "api",
  method: "POST",
  path: "/v1/session",
  tag: "Session",
  summary: "Sign in with e-mail address and password",
  description:
    "Sets the session cookie. With a second factor, either send its code at once or answer isSecondFactorNeeded with confirmSecondFactor.",
  access: "public",
  body: z.strictObject({ email: z.email().max(254), password, code: code.optional() }),
  status: 200,
  answer: sessionView,
  problems: ["sign-in-failed", "second-factor-wrong", "second-factor-used", "too-many-requests", "foreign-origin"],
});

export const getSession = defineEndpoint({
  id: "getSession",
  at: "api",
  method: "GET",
  path: "/v1/session",
  tag: "Session",
  summary: "Who is signed in, and for which organisations",
  access: "public",
  status: 200,
  answer: sessionView,
  problems: [],
});

export const signOut = defineEndpoint({
  id: "signOut",
  at: "api",
  method: "DELETE",
  path: "/v1/session",
  tag: "Session",
  summary: "Sign out",
  access: "public",
  status: 204,
  answer: none,
  problems: ["foreign-origin"],
});

export const confirmSecondFactor = defineEndpoint({
  id: "confirmSecondFactor",
  at: "api",
  method: "POST",
  path: "/v1/session/confirm",
  tag: "Session",
  summary: "Give the second factor: to finish signing in, or to be fresh for five minutes",
  description: "Takes a code of the authenticator app or an unused recovery code.",
  access: "public",
  body: z.strictObject({ code }),
  status: 200,
  answer: sessionView,
  problems: ["second-factor-wrong", "second-factor-used", "second-factor-not-set", "not-signed-in", "too-many-requests"],
});

export const startTotp = defineEndpoint({
  id: "startTotp",
  at: "api",
  method: "POST",
  path: "/v1/session/totp",
  tag: "Session",
  summary: "Begin to set up an authenticator app",
  access: "user",
  body: z.strictObject({ password }),
  status: 200,
  answer: z.strictObject({
    /** `otpauth://totp/…`, for a QR code. */
    uri: z.string(),
    /** Base 32, to type in by hand. */
    secret: z.string(),
    recoveryCodes: z.array(z.string()),
  }),
  problems: ["sign-in-failed", "second-factor-already-set", "too-many-requests"],
});

export const finishTotp = defineEndpoint({
  id: "finishTotp",
  at: "api",
  method: "POST",
  path: "/v1/session/totp/finish",
  tag: "Session",
  summary: "Finish setting up the authenticator app with its first code",
  access: "user",
  body: z.strictObject({ code }),
  status: 200,
  answer: sessionView,
  problems: ["second-factor-wrong", "second-factor-used", "second-factor-not-set", "second-factor-already-set"],
});

export const changeLanguage = defineEndpoint({
  id: "changeLanguage",
  at: "api",
  method: "PUT",
  path: "/v1/session/language",
  tag: "Session",
  summary: "Choose the language of pages and mails",
  access: "user",
  body: z.strictObject({ language }),
  status: 200,
  answer: sessionView,
  problems: [],
});

export const changePassword = defineEndpoint({
  id: "changePassword",
  at: "api",
  method: "PUT",
  path: "/v1/session/password",
  tag: "Session",
  summary: "Change the own password; other sessions end",
  access: "user",
  body: z.strictObject({ currentPassword: password, newPassword: password }),
  status: 200,
  answer: sessionView,
  problems: ["sign-in-failed", "password-too-weak", "too-many-requests"],
});

export const requestPasswordReset = defineEndpoint({
  id: "requestPasswordReset",
  at: "api",
  method: "POST",
  path: "/v1/password-reset",
  tag: "Session",
  summary: "Ask for a link to set a new password",
  description:
    "Always answers 202, so that it tells nobody who has an account. The link works once, for one hour, and replaces the one before; three within 15 minutes are mailed.",
  access: "public",
  body: z.strictObject({ email: z.email().max(254) }),
  status: 202,
  answer: z.strictObject({}),
  problems: ["foreign-origin"],
});

export const resetPassword = defineEndpoint({
  id: "resetPassword",
  at: "api",
  method: "POST",
  path: "/v1/password-reset/{token}",
  tag: "Session",
  summary: "Set a new password with the link; all sessions end, the second factor stays",
  access: "public",
  params: z.strictObject({ token: z.string().min(1).max(100) }),
  body: z.strictObject({ password }),
  status: 204,
  answer: none,
  problems: ["password-reset-link-invalid", "password-too-weak", "too-many-requests", "foreign-origin"],
});

export const sessionEndpoints = [
  getSetup,
  completeSetup,
  signIn,
  getSession,
  signOut,
  confirmSecondFactor,
  startTotp,
  finishTotp,
  changeLanguage,
  changePassword,
  requestPasswordReset,
  resetPassword,
] as const satisfies readonly Endpoint[];
