import { readdir } from "node:fs/promises";

/** A worker's directory holds `00000001.seg`, `00000002.seg`, …; text order is number order. */
export const closedMarker = "closed";

export type WorkerFiles = {
  readonly worker: string;
  readonly segments: readonly string[];
  /** The worker is gone for good: its last segment will not grow. */
  readonly isClosed: boolean;
};

export function segmentNumber(name: string): number {
  return Number.parseInt(name, 10);
}

/** Every worker's segments as they are at this moment, in order. A missing directory is an empty log. */
export async function listWorkers(directory: string): Promise<readonly WorkerFiles[]> {
  const workers = await readdir(directory, { withFileTypes: true }).catch(emptyWhenMissing);
  const names = workers.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((worker) => listWorker(directory, worker)));
}

async function listWorker(directory: string, worker: string): Promise<WorkerFiles> {
  const entries: readonly string[] = await readdir(`${directory}/${worker}`).catch(emptyWhenMissing);
  return {
    worker,
    segments: entries.filter((name) => /^\d{8}\.seg$/.test(name)).sort(),
    isClosed: entries.includes(closedMarker),
  };
}

function emptyWhenMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
