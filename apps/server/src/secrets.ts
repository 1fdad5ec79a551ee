import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError } from "@biotop/platform/config";
import { z } from "zod";

const secret = z.string().min(32);
const secretsSchema = z.strictObject({
  version: z.literal(1),
  /** Signs sessions and seals second-factor secrets. */
  session: secret,
  /** Sign click ids: the first signs, all verify. Put a new one in front to rotate; drop old ones after the longest cookie. */
  clickKeys: z.array(z.strictObject({ kid: z.string().regex(/^[0-9a-z]{1,8}$/), secret })).min(1),
});

export type Secrets = z.output<typeof secretsSchema>;

/** The secrets of this instance; made on the first start, for this account's eyes only. */
export function readSecrets(file: string): Secrets {
  if (!existsSync(file)) writeSecrets(file, freshSecrets());
  chmodSync(file, 0o600);
  const parsed = secretsSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success)
    throw new ConfigError(`The secret file ${file} is damaged (${parsed.error.issues[0]?.path.join(".")}): restore it from the backup.`);
  return parsed.data;
}

function freshSecrets(): Secrets {
  const fresh = () => randomBytes(32).toString("base64url");
  return { version: 1, session: fresh(), clickKeys: [{ kid: "1", secret: fresh() }] };
}

function writeSecrets(file: string, secrets: Secrets): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
