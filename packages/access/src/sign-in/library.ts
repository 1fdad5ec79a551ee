import type { Ids } from "@biotop/kernel";
import { openLibraryPool } from "@biotop/platform/db";
import { betterAuth } from "better-auth";
import { hashPassword as hash } from "better-auth/crypto";
import { twoFactor } from "better-auth/plugins/two-factor";

export type SignInSettings = {
  /** Connects as the owner of the tables. */
  readonly databaseUrl: string;
  /** Signs cookies and encrypts second factors; at least 32 random characters. */
  readonly secret: string;
  readonly publicUrl: string;
  readonly ids: Ids;
};

export const passwordLengthMin = 12;
export const sessionDays = 7;
const daySeconds = 86_400;

/** The sign-in library over our tables. It is reached by our endpoints only: none of its own is served. */
export function createLibrary(settings: SignInSettings) {
  const pool = openLibraryPool({ url: settings.databaseUrl, schema: "access" });
  const auth = betterAuth({
    appName: "Biotop",
    baseURL: settings.publicUrl,
    secret: settings.secret,
    database: pool,
    logger: { disabled: true },
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordLengthMin, maxPasswordLength: 200 },
    user: {
      modelName: "person",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    },
    session: {
      modelName: "session",
      expiresIn: sessionDays * daySeconds,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      fields: timestampsAnd({ userId: "user_id", expiresAt: "expires_at", ipAddress: "ip_address", userAgent: "user_agent" }),
    },
    account: {
      modelName: "credential",
      fields: timestampsAnd({
        userId: "user_id",
        accountId: "account_id",
        providerId: "provider_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
      }),
    },
    verification: { modelName: "verification", fields: timestampsAnd({ expiresAt: "expires_at" }) },
    plugins: [twoFactor({ issuer: "Biotop", twoFactorTable: "second_factor", schema: secondFactorColumns })],
    advanced: {
      cookiePrefix: "biotop",
      useSecureCookies: settings.publicUrl.startsWith("https://"),
      database: { generateId: ({ model }) => settings.ids.next(idPrefix[model] ?? "aut") },
    },
  });
  return { auth, hashPassword: hash, close: () => pool.end() };
}

export type Library = ReturnType<typeof createLibrary>;

const secondFactorColumns = {
  user: { fields: { twoFactorEnabled: "two_factor_enabled" } },
  twoFactor: {
    fields: {
      backupCodes: "backup_codes",
      userId: "user_id",
      failedVerificationCount: "failed_verification_count",
      lockedUntil: "locked_until",
    },
  },
};

const idPrefix: Readonly<Record<string, string>> = { user: "usr", session: "ses" };

function timestampsAnd<Columns extends Record<string, string>>(columns: Columns) {
  return { createdAt: "created_at", updatedAt: "updated_at", ...columns };
}
