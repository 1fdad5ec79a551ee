import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const root = join(import.meta.dirname, "..");

export type Started = { readonly child: ChildProcess; readonly output: Promise<string>; readonly textSoFar: () => string };

/** Starts one of the product's programs as a process of its own. */
export function startProgram(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Started {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...environment }, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const output = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
  return { child, output, textSoFar: () => text };
}

export type Instance = {
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly url: string;
  readonly edgeUrl: string;
  readonly secondsToReady: number;
  readonly textSoFar: () => string;
  /** Ends the instance as Ctrl-C does; the data directory stays. */
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** An instance in an empty folder on free ports, ready to answer. */
export async function startInstance(
  args: readonly string[],
  options: { readonly dataDir?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<Instance> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "biotop-instance-")));
  const [port, edgePort] = [String(await freePort()), String(await freePort())];
  const { NODE_ENV: _notOurs, ...own } = process.env;
  const environment = { ...own, BIOTOP_DATA_DIR: dataDir, PORT: port, EDGE_PORT: edgePort, LOG_LEVEL: "error", ...options.environment };
  const started = performance.now();
  const program = startProgram(["apps/server/src/main.ts", ...args], environment);
  await waitUntil(
    () => program.textSoFar().includes("Biotop is ready"),
    90_000,
    () => program.child.exitCode !== null,
  );
  return {
    dataDir,
    environment,
    url: `http://127.0.0.1:${port}`,
    edgeUrl: `http://127.0.0.1:${edgePort}`,
    secondsToReady: (performance.now() - started) / 1000,
    textSoFar: program.textSoFar,
    async stop() {
      program.child.kill("SIGINT");
      await program.output;
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  msMax: number,
  isOver: () => boolean = () => false,
): Promise<void> {
  const started = performance.now();
  while (!(await isTrue())) {
    if (isOver()) throw new Error("the program ended before it was ready");
    if (performance.now() - started > msMax) throw new Error(`not reached within ${msMax} ms`);
    await delay(25);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** Where the real input lies that tests use when it is there. */
export function sharedFile(path: string): string {
  return join(process.env["BIOTOP_SHARED"] ?? join(root, "../shared"), path);
}

export const ordersFile = "data/orders/uci-online-retail-2010-12--2011-02.csv.gz";
