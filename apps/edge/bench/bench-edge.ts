import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { isInstalled, type LoadResult, runLoad } from "./load.ts";
import { type Server, startBare, startEdgeProcess, startNginx } from "./servers.ts";

/*
 * Durable redirects of one edge worker against a bare node:http 302 and nginx `return 302`, in turns on the same core, with the
 * generator on another. Compared per CPU second, because wall time belongs to whoever else uses the machine.
 */
const goals = { ofNginx: 0.3, ofBare: 0.55, p99Ms: 10 };
const connections = 64;

type Run = LoadResult & { readonly cpuSeconds: number };

async function main(): Promise<void> {
  const rounds = Number(process.argv[process.argv.indexOf("--rounds") + 1] || 0) || 4;
  const seconds = Number(process.argv[process.argv.indexOf("--seconds") + 1] || 0) || 5;
  const cores = cpus().length;
  const folder = mkdtempSync(join(tmpdir(), "biotop-bench-"));
  const serverCore = 0;
  const loadCore = cores > 1 ? 1 : undefined;
  console.log(`machine: ${cores} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}, generator: ${isInstalled("wrk") ? "wrk" : "own"}`);

  const servers: Server[] = [await startEdgeProcess(serverCore, folder), await startBare(serverCore)];
  if (isInstalled("nginx")) servers.push(await startNginx(serverCore, folder));
  const runs = new Map<string, Run[]>(servers.map((server) => [server.name, []]));
  try {
    for (const server of servers) await warmUp(server, loadCore);
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers) {
        const before = server.cpuSeconds();
        const result = await runLoad({ url: server.url, connections, seconds, core: loadCore });
        runs.get(server.name)?.push({ ...result, cpuSeconds: server.cpuSeconds() - before });
      }
    }
  } finally {
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true });
  }
  report(runs);
}

/** Until the compiler has seen enough: on a busy machine that takes longer. */
async function warmUp(server: Server, core: number | undefined): Promise<void> {
  let requests = 0;
  for (let turn = 0; turn < 15 && requests < 200_000; turn += 1) {
    requests += (await runLoad({ url: server.url, connections, seconds: 2, core })).requests;
  }
}

function report(runs: ReadonlyMap<string, readonly Run[]>): void {
  const perCpu = (name: string) => median((runs.get(name) ?? []).map((run) => run.requests / run.cpuSeconds));
  for (const [name, each] of runs) {
    const rate = median(each.map((run) => run.requests / run.seconds));
    const p99 = median(each.map((run) => run.p99Ms));
    const failed = each.reduce((sum, run) => sum + run.failed, 0);
    console.log(
      `${name.padEnd(10)} ${Math.round(perCpu(name))} requests per CPU second, ${Math.round(rate)} requests/s, ` +
        `p50 ${median(each.map((run) => run.p50Ms)).toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, failed ${failed}`,
    );
  }
  const edge = runs.get("edge") ?? [];
  const checks = [
    { name: "of node:http per CPU second", value: perCpu("edge") / perCpu("node:http"), goal: goals.ofBare, isAtLeast: true },
    { name: "p99 at 64 connections, ms", value: median(edge.map((run) => run.p99Ms)), goal: goals.p99Ms, isAtLeast: false },
    { name: "failed requests", value: edge.reduce((sum, run) => sum + run.failed, 0), goal: 0, isAtLeast: false },
  ];
  if (runs.has("nginx")) {
    checks.unshift({ name: "of nginx per CPU second", value: perCpu("edge") / perCpu("nginx"), goal: goals.ofNginx, isAtLeast: true });
  } else console.log("nginx is not installed: not compared");
  for (const { name, value, goal, isAtLeast } of checks) {
    const isMet = isAtLeast ? value >= goal : value <= goal;
    console.log(`${isMet ? "ok  " : "MISS"} ${name}: ${value.toFixed(3)} (goal ${isAtLeast ? "≥" : "≤"} ${goal})`);
    if (!isMet) process.exitCode = 1;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

await main();
