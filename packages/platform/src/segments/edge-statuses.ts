import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { epochMs } from "@biotop/kernel";
import { type EdgeStatus, parseEdgeStatus } from "@biotop/tracking-protocol";

const freshMsMax = 10_000;

/** What the edge workers that are alive say about themselves (`edge-status/*.json`); real time decides who is alive. */
export async function readEdgeStatuses(directory: string, nowMs: number): Promise<readonly EdgeStatus[]> {
  const names = await readdir(directory).catch(() => []);
  const statuses = await Promise.all(
    names
      .filter((name) => name.endsWith(".json"))
      .map((name) =>
        readFile(`${directory}/${name}`, "utf8").then(
          (text) => parseEdgeStatus(text),
          () => undefined,
        ),
      ),
  );
  return statuses.filter((status): status is EdgeStatus => status !== undefined && isFresh(status, nowMs) && isRunning(status.pid));
}

function isFresh(status: EdgeStatus, nowMs: number): boolean {
  return nowMs - epochMs(status.at) < freshMsMax;
}

/** Whether a process of this machine has this id; somebody else's counts too, one that ended and was not yet reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Where there is no /proc, nobody is taken for a zombie. */
function isZombie(pid: number): boolean {
  try {
    return /^.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
