import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readEdgeStatuses } from "@biotop/platform/segments";
import { type ClickKey, parseRouteTable } from "@biotop/tracking-protocol";
import type { EdgeFilesPort } from "../ports.ts";

/** The files in the data directory that server and edges share. */
export function edgeFiles(options: {
  readonly dataDir: string;
  readonly clickKeys: readonly ClickKey[];
  /** Real time: which edges are alive. */
  readonly nowMs: () => number;
}): EdgeFilesPort {
  const routeTable = join(options.dataDir, "route-table", "current.json");
  const statusFolder = join(options.dataDir, "edge-status");
  return {
    clickKeys: async () => options.clickKeys,
    writeRouteTable: (text) => writeAtomically(routeTable, text),
    async routeTableVersion() {
      const text = await readFile(routeTable, "utf8").catch(absent);
      const parsed = text === undefined ? undefined : parseRouteTable(text);
      return parsed?.ok ? parsed.value.version : 0;
    },
    edgeStatuses: () => readEdgeStatuses(statusFolder, options.nowMs()),
  };
}

/** Temp file, fsync, rename, fsync of the folder: after a power cut there is the old file or the new one. Secrets inside: 0600. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** A file that is not there yet is no error; every other failure is. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
