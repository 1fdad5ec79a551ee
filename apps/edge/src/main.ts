import cluster from "node:cluster";
import { type AddressInfo, createServer } from "node:net";
import { resolve } from "node:path";
import { ConfigError } from "@biotop/platform/config";
import { createLog } from "@biotop/platform/log";
import { type EdgeSettings, readEdgeSettings } from "./config.ts";

/** `node apps/edge/src/main.ts`: a primary that keeps the workers, and the workers themselves. */
function main(): void {
  const settings = readEdgeSettings(process.env, resolve(import.meta.dirname, "../../.."));
  const running = cluster.isPrimary ? runPrimary(settings) : runWorker(settings);
  running.catch((error: Error) => {
    process.stderr.write(`The edge cannot run: ${error.message}\n`);
    process.exit(1);
  });
}

// Each kind of process loads only what it needs: a worker that was killed is back sooner.
async function runPrimary(settings: EdgeSettings): Promise<void> {
  const { runWorkerGroup } = await import("./worker-group.ts");
  // Workers that follow later must find the same port.
  const port = settings.port === 0 ? await freePort(settings.host) : settings.port;
  const log = createLog({ name: "edge", level: settings.logLevel });
  const group = runWorkerGroup({
    count: settings.workers,
    port,
    dataDir: settings.dataDir,
    log,
    onReady: () => {
      const workers = `${settings.workers} worker${settings.workers === 1 ? "" : "s"}`;
      if (process.send) process.send({ type: "ready", port });
      else process.stdout.write(`edge ready on http://${settings.host}:${port} (${workers})\n`);
    },
  });
  onStopSignal(() => group.stop());
  // Without its supervisor the edge still answers; it stops when it is told to, not when its parent dies.
}

async function runWorker(settings: EdgeSettings): Promise<void> {
  const { startEdge } = await import("./edge-worker.ts");
  const slot = Number(process.env["BIOTOP_EDGE_SLOT"] ?? "1");
  const edge = await startEdge({ ...settings, slot, log: createLog({ name: `edge-w${slot}`, level: settings.logLevel }) });
  onStopSignal(() => edge.stop());
}

function freePort(host: string): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen({ host, port: 0 }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolvePort(port));
    });
  });
}

function onStopSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
