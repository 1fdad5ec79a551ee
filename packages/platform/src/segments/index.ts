export { forgetWorkers, loadPlaces, savePlaces } from "./checkpoints.ts";
export { isRunning, readEdgeStatuses } from "./edge-statuses.ts";
export { type Removed, removeLoadedSegments } from "./retention.ts";
export { closedMarker, listWorkers, segmentNumber, type WorkerFiles } from "./segment-files.ts";
export {
  createSegmentReader,
  type SegmentBatch,
  type SegmentGap,
  type SegmentPlace,
  type SegmentPlaces,
  type SegmentReader,
} from "./segment-reader.ts";
