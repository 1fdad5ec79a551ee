import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const main = join(import.meta.dirname, "../src/main.ts");

export type StartedProcess = {
  readonly child: ChildProcess;
  readonly readyLine: string;
  readonly output: () => string;
  readonly url: string;
  readonly edgeUrl: string;
};

export function freshDataDir(): string {
  return mkdtempSync(join(tmpdir(), "biotop-start-"));
}

/** `npm start` as a process of its own; answers when it prints its ready line, rejects when it ends before. */
export function startBiotop(
  dataDir: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<StartedProcess> {
  const env = { ...process.env, BIOTOP_DATA_DIR: dataDir, PORT: "0", EDGE_PORT: "0", LOG_LEVEL: "silent", ...environment };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const readyLine = output.split("\n").find((line) => line.startsWith("Biotop is ready"));
      const [url, edgeUrl] = readyLine?.match(/http:\/\/localhost:\d+/g) ?? [];
      if (readyLine && url) resolve({ child, readyLine, output: () => output, url, edgeUrl: edgeUrl ?? "" });
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
}

export function processesOf(dataDir: string): {
  readonly supervisor: number;
  readonly postgres: number;
  readonly server: number;
  readonly edge: number;
} {
  return JSON.parse(readFileSync(join(dataDir, "processes.json"), "utf8"));
}

export function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", (code) => resolve(code));
  });
}

/** Asks until the condition holds; a limit instead of a sleep. */
export async function until(holds: () => Promise<boolean> | boolean, msMax = 20_000): Promise<void> {
  const end = performance.now() + msMax;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}
