import { rm, stat, unlink } from "node:fs/promises";
import { listWorkers } from "./segment-files.ts";
import type { SegmentPlaces } from "./segment-reader.ts";

export type Removed = { readonly segments: number; readonly workers: readonly string[] };

/**
 * Removes what is loaded and older than `keepMs`: segments before the loader's place, and whole logs of workers that are gone.
 * The segment that a worker may still write to is never touched.
 */
export async function removeLoadedSegments(options: {
  readonly directory: string;
  readonly places: SegmentPlaces;
  readonly keepMs: number;
  readonly nowMs: number;
}): Promise<Removed> {
  let segments = 0;
  const workers: string[] = [];
  for (const files of await listWorkers(options.directory)) {
    const path = `${options.directory}/${files.worker}`;
    // A worker that ended before it stored anything.
    if (files.isClosed && files.segments.length === 0) {
      await rm(path, { recursive: true });
      workers.push(files.worker);
      continue;
    }
    const place = options.places.get(files.worker);
    if (!place) continue;
    const isOld = async (name: string) => (await stat(`${path}/${name}`)).mtimeMs < options.nowMs - options.keepMs;
    const last = files.segments.at(-1);
    if (files.isClosed && last === place.segment && (await isOld(last)) && place.byteOffset >= (await stat(`${path}/${last}`)).size) {
      await rm(path, { recursive: true });
      workers.push(files.worker);
      segments += files.segments.length;
      continue;
    }
    for (const segment of files.segments) {
      if (segment >= place.segment || !(await isOld(segment))) continue;
      await unlink(`${path}/${segment}`);
      segments += 1;
    }
  }
  return { segments, workers };
}
