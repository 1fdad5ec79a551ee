import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigError, readConfig } from "@biotop/platform/config";
import { z } from "zod";

/** The folder of the checkout: where the web app, the edge and the default data folder lie. */
export const repositoryRoot = resolve(import.meta.dirname, "../../..");

const port = (fallback: number) => z.coerce.number("a port number").int().min(0).max(65_535).default(fallback);
const webAddress = z
  .url({ protocol: /^https?$/, error: "an address such as https://partner.example" })
  .transform((url) => url.replace(/\/+$/, ""));

const isAddressOrRange = (text: string) => /^[0-9a-fA-F.:]+(\/\d{1,3})?$/.test(text);
const addressList = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  )
  .refine((parts) => parts.every(isAddressOrRange), "IP addresses or ranges such as 10.0.0.0/8, separated by commas");

/** Every setting, its rule and its sentence; `docs/settings.md` is written from this. */
export const settingsSchema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "an address such as postgresql://owner:password@host/biotop" })
    .optional()
    .describe("PostgreSQL 15 or newer, as the owner of the database. Without it Biotop starts its own in the data folder."),
  BIOTOP_DATA_DIR: z
    .string()
    .default(".biotop")
    .describe("The data folder: own database, received clicks and sales, secrets. Back up all of it. Relative to the checkout."),
  BIOTOP_SECRET_FILE: z
    .string()
    .optional()
    .describe("The secrets, generated on the first start (mode 0600). Default: `secrets.json` in the data folder."),
  HOST: z.string().default("127.0.0.1").describe("The address that both ports listen on; `0.0.0.0` for all."),
  PORT: port(3000).describe("Port of the web app and the API."),
  EDGE_PORT: port(3001).describe("Port of the tracking edge: clicks and conversions."),
  EDGE_WORKERS: z.coerce.number("a whole number").int().min(1).max(64).default(1).describe("How many edge processes share the edge port."),
  PUBLIC_URL: webAddress.optional().describe("How browsers reach the web app. Default: `http://localhost:PORT`."),
  EDGE_PUBLIC_URL: webAddress
    .optional()
    .describe("How shoppers and shops reach the edge; tracking links begin with it. Default: `http://localhost:EDGE_PORT`."),
  TRUSTED_PROXIES: addressList
    .default([])
    .describe("Addresses or ranges of the reverse proxies whose X-Forwarded-For is believed, separated by commas."),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "an address such as smtp://user:password@mail.example:587" })
    .optional()
    .describe("Mail server. Without it every mail is shown with a link to copy."),
  MAIL_FROM: z.string().min(3).optional().describe("Sender of all mails, needed with SMTP_URL: `Biotop <partner@shop.example>`."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "debug, info, warn, error or silent")
    .default("warn")
    .describe("From which level on log lines (JSON, without personal data) are written."),
});

export type Settings = {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly secretFile: string;
  readonly host: string;
  readonly port: number;
  readonly edgePort: number;
  readonly edgeWorkers: number;
  readonly publicUrl: string;
  readonly edgePublicUrl: string;
  readonly trustedProxies: readonly string[];
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  readonly logLevel: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

export function readSettings(environment: Environment): Settings {
  const checked = settingsSchema.superRefine((given, context) => {
    if (given.SMTP_URL && !given.MAIL_FROM)
      context.addIssue({ code: "custom", path: ["MAIL_FROM"], message: "needed together with SMTP_URL" });
    if (given.PORT !== 0 && given.PORT === given.EDGE_PORT)
      context.addIssue({ code: "custom", path: ["EDGE_PORT"], message: "must differ from PORT" });
  });
  const given = readConfig(checked, environment);
  const dataDir = resolve(repositoryRoot, given.BIOTOP_DATA_DIR);
  return {
    databaseUrl: given.DATABASE_URL,
    dataDir,
    secretFile: given.BIOTOP_SECRET_FILE ? resolve(repositoryRoot, given.BIOTOP_SECRET_FILE) : join(dataDir, "secrets.json"),
    host: given.HOST,
    port: given.PORT,
    edgePort: given.EDGE_PORT,
    edgeWorkers: given.EDGE_WORKERS,
    publicUrl: given.PUBLIC_URL ?? `http://localhost:${given.PORT}`,
    edgePublicUrl: given.EDGE_PUBLIC_URL ?? `http://localhost:${given.EDGE_PORT}`,
    trustedProxies: given.TRUSTED_PROXIES,
    mail: { smtpUrl: given.SMTP_URL, from: given.MAIL_FROM ?? "Biotop <noreply@localhost>" },
    logLevel: given.LOG_LEVEL,
  };
}

/** Settings may also stand in a file `.env` beside `package.json`; the environment wins. */
export function readEnvironment(): Environment {
  try {
    const lines = readFileSync(join(repositoryRoot, ".env"), "utf8").split("\n");
    const pairs = lines.flatMap((line) => /^\s*([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line)?.slice(1, 3) ?? []);
    const fromFile = Object.fromEntries(Array.from({ length: pairs.length / 2 }, (_, index) => [pairs[2 * index], pairs[2 * index + 1]]));
    return { ...fromFile, ...process.env };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return process.env;
    throw new ConfigError(`The file .env cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
