export { type EdgeSettings, readEdgeSettings } from "./config.ts";
export { type EdgeOptions, type RunningEdge, startEdge } from "./edge-worker.ts";
