import { spawn, spawnSync } from "node:child_process";
import { connect } from "node:net";

/** What one run of load showed. */
export type LoadResult = {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

export const browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

export type Load = { readonly url: string; readonly connections: number; readonly seconds: number; readonly core: number | undefined };

export function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** Puts a program on one core, where the system can. */
export function pinned(core: number | undefined, command: readonly string[]): readonly string[] {
  return core === undefined || !isInstalled("taskset") ? command : ["taskset", "-c", String(core), ...command];
}

/** wrk where it is installed, otherwise a generator of our own in a process of its own. */
export async function runLoad(load: Load): Promise<LoadResult> {
  return isInstalled("wrk") ? runWrk(load) : runOwn(load);
}

async function runWrk({ url, connections, seconds, core }: Load): Promise<LoadResult> {
  const wrk = ["wrk", "-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-H", `User-Agent: ${browser}`, url];
  const text = await output(pinned(core, wrk));
  const requests = Number(/(\d+) requests in/.exec(text)?.[1] ?? "0");
  const took = milliseconds(/requests in ([\d.]+\w+)/.exec(text)?.[1]) / 1000;
  const failed = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? "0");
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    requests,
    failed: failed + errors.reduce((sum, count) => sum + Number(count), 0),
    seconds: took,
    p50Ms: milliseconds(/50%\s+([\d.]+\w+)/.exec(text)?.[1]),
    p99Ms: milliseconds(/99%\s+([\d.]+\w+)/.exec(text)?.[1]),
  };
}

function milliseconds(text: string | undefined): number {
  const match = /^([\d.]+)(us|ms|s|m)$/.exec(text ?? "");
  const unit = { us: 0.001, ms: 1, s: 1000, m: 60_000 }[match?.[2] ?? "ms"] ?? 1;
  return Number(match?.[1] ?? "NaN") * unit;
}

async function runOwn(load: Load): Promise<LoadResult> {
  const text = await output(
    pinned(load.core, [process.execPath, import.meta.filename, load.url, String(load.connections), String(load.seconds)]),
  );
  return JSON.parse(text) as LoadResult;
}

function output([command = "", ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (part: Buffer) => {
      text += part.toString();
    });
    child.once("error", reject);
    child.once("exit", () => resolve(text));
  });
}

/** Keep-alive connections with one request under way each. */
async function generate(url: URL, connections: number, seconds: number): Promise<LoadResult> {
  const request = `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nUser-Agent: ${browser}\r\n\r\n`;
  const latencies: number[] = [];
  let failed = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const one = () =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(url.port), url.hostname);
      let sent = 0;
      let text = "";
      const send = () => {
        sent = performance.now();
        socket.write(request);
      };
      socket
        .setNoDelay(true)
        .once("connect", send)
        .once("error", () => {
          failed += 1;
          resolve();
        });
      socket.on("data", (part) => {
        text += part.toString("latin1");
        if (!text.includes("\r\n\r\n")) return;
        latencies.push(performance.now() - sent);
        if (!text.startsWith("HTTP/1.1 302")) failed += 1;
        text = "";
        if (performance.now() < end) return send();
        socket.destroy();
        resolve();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return { requests: latencies.length, failed, seconds: (performance.now() - started) / 1000, p50Ms: at(0.5), p99Ms: at(0.99) };
}

if (process.argv[1] === import.meta.filename) {
  const [, , url = "", connections = "64", seconds = "5"] = process.argv;
  console.log(JSON.stringify(await generate(new URL(url), Number(connections), Number(seconds))));
}
