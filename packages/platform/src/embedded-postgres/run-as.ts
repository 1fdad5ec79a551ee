import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** How a PostgreSQL program is called: its programs refuse to run as root, so root steps aside. */
export type RunAs = {
  readonly command: (program: string, args: readonly string[]) => readonly [string, readonly string[]];
  readonly spawn: { readonly uid?: number; readonly gid?: number };
  /** Makes a folder belong to the account that the programs run under. */
  readonly handOver: (folder: string) => void;
};

const nobody = 65534;

export function chooseRunAs(binaries: Binaries, dataDir: string): RunAs {
  if (process.getuid?.() !== 0) return direct(binaries);
  return canUnshare() ? inUserNamespace(binaries) : asNobody(binaries, dataDir);
}

function direct(binaries: Binaries): RunAs {
  return { command: (program, args) => [join(binaries.folder, program), args], spawn: {}, handOver: () => undefined };
}

const unshareArgs = ["-U", `--map-user=${nobody}`, `--map-group=${nobody}`];

function canUnshare(): boolean {
  return spawnSync("unshare", [...unshareArgs, "true"], { stdio: "ignore" }).status === 0;
}

/** Root outside is `nobody` inside: files of root stay usable, also below a home that only root may enter. */
function inUserNamespace(binaries: Binaries): RunAs {
  return {
    command: (program, args) => ["unshare", [...unshareArgs, join(binaries.folder, program), ...args]],
    spawn: {},
    handOver: () => undefined,
  };
}

/** Without user namespaces (most containers): the account `nobody`, which must reach the programs and the data folder. */
function asNobody(binaries: Binaries, dataDir: string): RunAs {
  const account = { uid: nobody, gid: nobody };
  chmodSync(dataDir, 0o711);
  const folder = runsAs(account, binaries.folder, binaries) ? binaries.folder : join(copyPrograms(binaries, dataDir), "bin");
  if (!runsAs(account, folder, binaries))
    throw new EmbeddedPostgresError(
      `PostgreSQL does not run as root, and the account "nobody" cannot enter ${dataDir}: start Biotop as an ordinary user, ` +
        "or choose BIOTOP_DATA_DIR outside of root's home, or set DATABASE_URL.",
    );
  return {
    command: (program, args) => [join(folder, program), args],
    spawn: account,
    handOver: (path) => chownSync(path, nobody, nobody),
  };
}

function runsAs(account: { readonly uid: number; readonly gid: number }, folder: string, binaries: Binaries): boolean {
  const env = { ...process.env, ...binaries.environment };
  return spawnSync(join(folder, "postgres"), ["--version"], { ...account, env, stdio: "ignore", cwd: "/" }).status === 0;
}

function copyPrograms(binaries: Binaries, dataDir: string): string {
  const copy = join(dataDir, "postgres-programs");
  if (!existsSync(copy)) {
    mkdirSync(copy, { mode: 0o755 });
    cpSync(binaries.root, copy, { recursive: true, dereference: true });
  }
  return copy;
}
