import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");
const readyMsMax = 80_000;

export type Instance = { readonly url: string; readonly edgeUrl: string; readonly setUpLink: string; readonly stop: () => Promise<void> };

/** `npm start` on free ports with an empty data folder; answers once it is ready. */
export async function startInstance(): Promise<Instance> {
  const dataDir = await mkdtemp(join(tmpdir(), "biotop-e2e-"));
  const [port, edgePort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(repository, "apps/server/src/main.ts")], {
    cwd: repository,
    env: {
      ...process.env,
      BIOTOP_DATA_DIR: dataDir,
      PORT: String(port),
      EDGE_PORT: String(edgePort),
      EDGE_WORKERS: "1",
      NODE_ENV: "production",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const setUpLink = await readyLink(child);
  return {
    url: `http://localhost:${port}`,
    edgeUrl: `http://localhost:${edgePort}`,
    setUpLink,
    stop: async () => {
      await ended(child);
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function readyLink(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`not ready after ${readyMsMax} ms:\n${output}`)), readyMsMax);
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const link = /http\S+\/setup\?token=\S+/.exec(output)?.[0];
      if (!link || !output.includes("ready")) return;
      clearTimeout(timer);
      resolve(link);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}:\n${output}`));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
