import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isRunning } from "@biotop/platform/embedded-postgres";
import type { OwnStore } from "./own-store.ts";
import type { SupervisedChild } from "./supervised-child.ts";

/** `processes.json` in the data folder says which process is which: for operators, fault tests and the next start. */
export function noteProcesses(dataDir: string, own: OwnStore | undefined, children: readonly SupervisedChild[]): void {
  const processes = {
    supervisor: process.pid,
    postgres: own?.pid(),
    ...Object.fromEntries(children.map((child) => [child.name, child.pid()])),
  };
  const note = join(dataDir, "processes.json");
  writeFileSync(`${note}.new`, `${JSON.stringify(processes, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${note}.new`, note);
}

const stopMsMax = 10_000;

/** The edge goes on answering when its supervisor is killed; the next supervisor asks it to end before it starts its own. */
export async function stopLeftovers(dataDir: string, edgeEntry: string): Promise<void> {
  const note = join(dataDir, "processes.json");
  if (!existsSync(note)) return;
  const { edge } = JSON.parse(readFileSync(note, "utf8")) as { readonly edge?: number };
  if (edge === undefined || !runs(edge, edgeEntry)) return;
  process.kill(edge, "SIGTERM");
  for (const until = performance.now() + stopMsMax; isRunning(edge); await delay(20)) {
    if (performance.now() > until) process.kill(edge, "SIGKILL");
  }
}

/** A process number may by now belong to another program. */
function runs(pid: number, entry: string): boolean {
  try {
    return isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(entry);
  } catch {
    return false;
  }
}
