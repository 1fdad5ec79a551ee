import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/** Whether the process runs; one that has ended but was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return processState(pid) !== "Z";
}

/** The server that holds a cluster, as its lock file tells; `undefined` when there is none. */
export function runningPostmaster(cluster: string): number | undefined {
  const lock = join(cluster, "postmaster.pid");
  if (!existsSync(lock)) return undefined;
  const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return isRunning(pid) && mayBePostgres(pid) ? pid : undefined;
}

/**
 * A lock file outlives a killed server, and its process number may by now belong to another program (in a container nearly
 * always); PostgreSQL would then refuse to start.
 */
export function removeStaleLocks(cluster: string, socketFolder: string): void {
  const lock = join(cluster, "postmaster.pid");
  if (!existsSync(lock) || runningPostmaster(cluster) !== undefined) return;
  const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
  // While the number is free, PostgreSQL itself checks for left-over backends, which it knows better.
  if (Number.isInteger(pid) && pid > 0 && !isTaken(pid)) return;
  rmSync(lock, { force: true });
  rmSync(join(socketFolder, ".s.PGSQL.5432.lock"), { force: true });
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function mayBePostgres(pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    const program = basename(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "");
    return program === "postgres" || program === "unshare";
  } catch {
    return false;
  }
}

function processState(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
  } catch {
    return undefined;
  }
}
