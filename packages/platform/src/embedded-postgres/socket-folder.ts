import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** A socket's path has at most 107 bytes, and PostgreSQL appends `/.s.PGSQL.5432`. */
const folderBytesMax = 90;

/** Where the server's socket lies: in the data folder, or below the system's temporary folder when that path is too long. */
export function socketFolder(dataDir: string): string {
  const inside = join(dataDir, "run");
  const short = join(tmpdir(), `biotop-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`);
  const folder = Buffer.byteLength(inside) <= folderBytesMax ? inside : short;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const isOurs = process.getuid === undefined || stat.uid === process.getuid() || stat.uid === 65534;
  if (!stat.isDirectory() || !isOurs) throw new EmbeddedPostgresError(`${folder} belongs to somebody else: remove it or ask its owner to.`);
  return folder;
}
