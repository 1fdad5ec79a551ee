import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ordersFile, sharedFile, startInstance, startProgram } from "./instance.ts";

/**
 * `npm run test:kill -- --seed 1`: replays the orders twice, once in peace and once with ten `kill -9` each of edge, server and
 * PostgreSQL at seeded moments of business time. Nothing may be lost or doubled: both runs end with the same sums.
 */
const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, file: { type: "string" }, kills: { type: "string", default: "10" } },
});
const file = values.file ?? sharedFile(ordersFile);
const killsEach = Number(values.kills);
const firstDay = Date.parse("2010-12-01T12:00:00Z");
const lastDay = Date.parse("2011-02-25T12:00:00Z");

type Summary = {
  readonly isRight: boolean;
  readonly values: object;
  readonly commissions: object;
  readonly documents: { readonly count: number; readonly grossMinor: object; readonly paidMinor: object };
  readonly ledger: object;
  readonly clicks: { readonly repeated: number };
};

if (existsSync(file)) await main();
else console.log(`test:kill skipped: there is no order file at ${file} (name one with --file)`);

async function main(): Promise<void> {
  console.log("1. in peace");
  const peace = await replayOnce(undefined);
  console.log("2. with kills");
  const plan = killPlan();
  const war = await replayOnce(plan);
  const facts = (summary: Summary) =>
    JSON.stringify({ values: summary.values, commissions: summary.commissions, documents: summary.documents, ledger: summary.ledger });
  const isSame = facts(peace.summary) === facts(war.summary);
  const killed = plan.filter(({ isDone }) => isDone).length;
  console.log(`kills ${killed} of ${plan.length}, clicks repeated ${war.summary.clicks.repeated}`);
  console.log(`verify in peace ${peace.isSound ? "sound" : "BROKEN"}, with kills ${war.isSound ? "sound" : "BROKEN"}`);
  console.log(
    `recomputation in peace ${peace.summary.isRight ? "equal" : "DIFFERS"}, with kills ${war.summary.isRight ? "equal" : "DIFFERS"}`,
  );
  console.log(`final sums ${isSame ? "are the same" : "DIFFER"}`);
  if (!isSame) console.log(`${facts(peace.summary)}\n${facts(war.summary)}`);
  const isPassed = isSame && peace.isSound && war.isSound && peace.summary.isRight && war.summary.isRight && killed === plan.length;
  console.log(isPassed ? "1 passed, 0 failed" : "0 passed, 1 failed");
  process.exitCode = isPassed ? 0 : 1;
}

type Kill = { readonly target: "edge" | "server" | "postgres"; readonly at: number; isDone: boolean };

/** Who is killed when, in business time: the same seed gives the same plan. */
function killPlan(): readonly Kill[] {
  const targets = ["edge", "server", "postgres"] as const;
  return targets
    .flatMap((target) =>
      Array.from({ length: killsEach }, (_, index): Kill => {
        const number = createHash("sha256").update(`${values.seed} ${target} ${index}`).digest().readUInt32BE() / 2 ** 32;
        return { target, at: firstDay + number * (lastDay - firstDay), isDone: false };
      }),
    )
    .sort((a, b) => a.at - b.at);
}

async function replayOnce(plan: readonly Kill[] | undefined): Promise<{ summary: Summary; isSound: boolean }> {
  const instance = await startInstance(["--clock", "manual", "--at", "2010-12-01T00:00:00Z"]);
  try {
    const replay = startProgram(["apps/cli/src/main.ts", "replay", file, "--json", "--seed", "1"], instance.environment);
    const killer = plan ? killAlong(plan, instance.dataDir, instance.url, replay.child) : Promise.resolve();
    const output = await replay.output;
    await killer;
    const verification = await startProgram(["apps/cli/src/main.ts", "verify"], instance.environment).output;
    return { summary: JSON.parse(output) as Summary, isSound: (JSON.parse(verification) as { isSound: boolean }).isSound };
  } finally {
    await instance.stop();
    await instance.remove();
  }
}

async function killAlong(plan: readonly Kill[], dataDir: string, url: string, replay: ChildProcess): Promise<void> {
  while (replay.exitCode === null) {
    const now = await businessTime(url);
    const due = plan.find(({ isDone, at }) => !isDone && now !== undefined && at <= now);
    if (due) {
      const pid = due.target === "edge" ? await edgeWorker(dataDir) : await processOf(dataDir, due.target);
      await delay(Math.floor((due.at % 97) * 3));
      if (pid) {
        due.isDone = kill(pid);
        if (due.isDone) console.log(`   ${new Date(due.at).toISOString().slice(0, 16)} kill -9 ${due.target} (${pid})`);
      }
    }
    await delay(150);
  }
}

async function processOf(dataDir: string, name: string): Promise<number | undefined> {
  const processes = JSON.parse(await readFile(join(dataDir, "processes.json"), "utf8")) as Record<string, number>;
  return processes[name];
}

/** The worker that holds the log, not the process above it. */
async function edgeWorker(dataDir: string): Promise<number | undefined> {
  const folder = join(dataDir, "edge-status");
  const newest = (await readdir(folder))
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .at(-1);
  if (newest === undefined) return undefined;
  return (JSON.parse(await readFile(join(folder, newest), "utf8")) as { readonly pid: number }).pid;
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

async function businessTime(url: string): Promise<number | undefined> {
  const answer = await fetch(`${url}/v1/instance`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.json(),
    () => undefined,
  );
  const at = (answer as { clock?: { at?: string } } | undefined)?.clock?.at;
  return at === undefined ? undefined : Date.parse(at);
}
