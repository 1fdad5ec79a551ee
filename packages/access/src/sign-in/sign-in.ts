import { err, isId, ok, type Result, type UserId } from "@biotop/kernel";
import { createLibrary, type Library, type SignInSettings } from "./library.ts";
import { hmacSha256Base64, isSameText } from "./secrets.ts";

export type SignInRefusal =
  | { readonly kind: "sign-in-failed" }
  | { readonly kind: "second-factor-wrong" }
  | { readonly kind: "second-factor-used" }
  | { readonly kind: "second-factor-not-set" }
  | { readonly kind: "second-factor-already-set" }
  | { readonly kind: "password-too-weak" }
  | { readonly kind: "not-signed-in" }
  | { readonly kind: "too-many-requests" };

/** `Set-Cookie` lines for the browser, and the session that they open, if they open one. */
export type Opened = { readonly cookies: readonly string[]; readonly token: string | undefined };

/** Passwords, sessions and second factors, in our words. */
export type SignIn = {
  /** Without a token: the password was right and the second factor is still needed. */
  readonly withPassword: (email: string, password: string) => Promise<Result<Opened, SignInRefusal>>;
  /** Finishes signing in, proves freshness of a session, or finishes the set-up of an authenticator app. */
  readonly giveSecondFactor: (code: string, cookies: string) => Promise<Result<Opened, SignInRefusal>>;
  readonly startTotp: (
    password: string,
    cookies: string,
  ) => Promise<Result<{ readonly uri: string; readonly secret: string; readonly recoveryCodes: readonly string[] }, SignInRefusal>>;
  readonly changePassword: (current: string, next: string, cookies: string) => Promise<Result<Opened, SignInRefusal>>;
  readonly signOut: (cookies: string) => Promise<readonly string[]>;
  /** The session token inside a `Cookie` header, when its signature is ours. Reads nothing from the store. */
  readonly tokenIn: (cookies: string) => string | undefined;
  /** Whether the browser has given the password and owes the second factor. */
  readonly isSecondFactorOwed: (cookies: string) => boolean;
  /** The person who has given the password and owes the second factor. */
  readonly personOwing: (cookies: string) => Promise<UserId | undefined>;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

export function createSignIn(settings: SignInSettings): SignIn {
  const library = createLibrary(settings);
  const { api } = library.auth;
  const prefix = settings.publicUrl.startsWith("https://") ? "__Secure-" : "";
  const sessionCookie = `${prefix}biotop.session_token`;
  const owedCookie = `${prefix}biotop.two_factor`;
  const tokenIn = (cookies: string) => signedValue(cookieValue(cookies, sessionCookie), settings.secret);
  const opened = (headers: Headers): Opened => {
    const cookies = headers.getSetCookie();
    const set = cookies.map((line) => line.split(";")[0] ?? "").join("; ");
    return { cookies, token: tokenIn(set) };
  };
  const call = (run: () => Promise<{ readonly headers: Headers }>) => refusable(async () => opened((await run()).headers));

  return {
    tokenIn,
    isSecondFactorOwed: (cookies) => signedValue(cookieValue(cookies, owedCookie), settings.secret) !== undefined,
    personOwing: (cookies) => personOwing(library, signedValue(cookieValue(cookies, owedCookie), settings.secret)),
    hashPassword: library.hashPassword,
    close: library.close,
    withPassword: (email, password) =>
      call(() => api.signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true })),
    giveSecondFactor: (code, cookie) =>
      call(() =>
        /^\d{6}$/.test(code)
          ? api.verifyTOTP({ body: { code }, headers: new Headers({ cookie }), returnHeaders: true })
          : api.verifyBackupCode({ body: { code }, headers: new Headers({ cookie }), returnHeaders: true }),
      ),
    startTotp: (password, cookie) => refusable(() => startTotp(library, password, cookie)),
    changePassword: (currentPassword, newPassword, cookie) =>
      call(() =>
        api.changePassword({
          body: { currentPassword, newPassword, revokeOtherSessions: true },
          headers: new Headers({ cookie }),
          returnHeaders: true,
        }),
      ),
    signOut: async (cookie) => (await api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })).headers.getSetCookie(),
  };
}

async function personOwing(library: Library, owed: string | undefined): Promise<UserId | undefined> {
  if (owed === undefined) return undefined;
  const { internalAdapter } = await library.auth.$context;
  const value = (await internalAdapter.findVerificationValue(owed))?.value ?? "";
  return isId("usr", value) ? value : undefined;
}

async function startTotp(library: Library, password: string, cookie: string) {
  const answer = await library.auth.api.enableTwoFactor({ body: { password, method: "totp" }, headers: new Headers({ cookie }) });
  const uri = "totpURI" in answer ? answer.totpURI : "";
  const recoveryCodes = "backupCodes" in answer ? answer.backupCodes : [];
  return { uri, secret: new URL(uri).searchParams.get("secret") ?? "", recoveryCodes };
}

const refusals: Readonly<Record<string, SignInRefusal["kind"]>> = {
  INVALID_EMAIL_OR_PASSWORD: "sign-in-failed",
  INVALID_PASSWORD: "sign-in-failed",
  INVALID_EMAIL: "sign-in-failed",
  PASSWORD_TOO_SHORT: "password-too-weak",
  PASSWORD_TOO_LONG: "password-too-weak",
  INVALID_CODE: "second-factor-wrong",
  INVALID_BACKUP_CODE: "second-factor-wrong",
  TOTP_NOT_ENABLED: "second-factor-not-set",
  BACKUP_CODES_NOT_ENABLED: "second-factor-not-set",
  TOTP_ALREADY_ENABLED: "second-factor-already-set",
  INVALID_TWO_FACTOR_COOKIE: "not-signed-in",
  UNAUTHORIZED: "not-signed-in",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "too-many-requests",
  ACCOUNT_TEMPORARILY_LOCKED: "too-many-requests",
};

/** The library refuses by throwing; what it refuses for a known reason becomes a value, anything else is a bug. */
async function refusable<T>(run: () => Promise<T>): Promise<Result<T, SignInRefusal>> {
  try {
    return ok(await run());
  } catch (error) {
    const kind = refusals[libraryCode(error)];
    if (kind === undefined) throw error;
    return err({ kind });
  }
}

function libraryCode(error: unknown): string {
  if (!(error instanceof Error) || !("body" in error) || typeof error.body !== "object" || error.body === null) return "";
  if ("code" in error.body && typeof error.body.code === "string") return error.body.code;
  return "status" in error && error.status === "UNAUTHORIZED" ? "UNAUTHORIZED" : "";
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(";")) {
    const [key, ...rest] = part.trim().split("=");
    if (key === name) return rest.join("=");
  }
  return undefined;
}

/** `value.signature`, percent-encoded: the value when the signature is right. */
function signedValue(encoded: string | undefined, secret: string): string | undefined {
  if (!encoded || !/^[\w.%+/=-]+$/.test(encoded)) return undefined;
  const text = decoded(encoded);
  const dot = text.lastIndexOf(".");
  if (dot < 1) return undefined;
  const value = text.slice(0, dot);
  return isSameText(text.slice(dot + 1), hmacSha256Base64(secret, value)) ? value : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
