import { type FSWatcher, watch } from "node:fs";
import { mkdir, readFile, stat } from "node:fs/promises";
import type { Log } from "@biotop/platform/log";
import { parseRouteTable, routeTableBytesMax } from "@biotop/tracking-protocol";
import { type CompiledTable, compileTable } from "./compiled-table.ts";

/** The route table in force. What cannot be read leaves the last good one in force and is counted. */
export type PublishedTable = {
  readonly current: () => CompiledTable | undefined;
  /** Looks for a newer table at once. */
  readonly refresh: () => Promise<void>;
  readonly close: () => void;
};

const pollMs = 500;

export async function openPublishedTable(options: {
  readonly directory: string;
  readonly isSecure: boolean;
  readonly log: Log;
  readonly onChange: (table: CompiledTable) => void;
  readonly onRefused: () => void;
}): Promise<PublishedTable> {
  const path = `${options.directory}/current.json`;
  let table: CompiledTable | undefined;
  let seen = "";
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    const facts = await stat(path).catch(() => undefined);
    const mark = facts ? `${facts.ino}:${facts.size}:${facts.mtimeMs}` : "";
    if (!facts || mark === seen) return;
    seen = mark;
    const parsed =
      facts.size > routeTableBytesMax
        ? ({ ok: false, error: { at: "", detail: "too large" } } as const)
        : parseRouteTable(await readFile(path, "utf8"));
    if (!parsed.ok) {
      options.onRefused();
      options.log.error({ at: parsed.error.at, detail: parsed.error.detail, inForce: table?.version }, "route table refused");
      return;
    }
    table = compileTable(parsed.value, options);
    options.onChange(table);
  }

  const refresh = (): Promise<void> => {
    running ??= look()
      .catch((error: Error) => options.log.error({ error: error.message }, "route table not readable"))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  await mkdir(options.directory, { recursive: true });
  await refresh();
  const timer = setInterval(() => void refresh(), pollMs);
  const watcher = watchQuietly(options.directory, () => void refresh());
  return {
    current: () => table,
    refresh,
    close() {
      clearInterval(timer);
      watcher?.close();
    },
  };
}

/** A hint only: where watching does not work, the poll finds the change. */
function watchQuietly(directory: string, onHint: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, onHint);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
