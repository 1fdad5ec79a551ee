import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";

/**
 * `npm run test:kill -- --seed 1`: replays the orders twice, once in peace and once with ten `kill -9` each of edge, server and
 * PostgreSQL at seeded moments of business time. Nothing may be lost or doubled: both runs end with the same sums.
 */
const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, file: { type: "string" }, kills: { type: "string", default: "10" } },
});
const root = join(import.meta.dirname, "..");
const shared = process.env["BIOTOP_SHARED"] ?? join(root, "../shared");
const file = values.file ?? join(shared, "data/orders/uci-online-retail-2010-12--2011-02.csv.gz");
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
  const dataDir = await mkdtemp(join(tmpdir(), "biotop-kill-"));
  const environment = {
    ...process.env,
    BIOTOP_DATA_DIR: dataDir,
    PORT: String(await freePort()),
    EDGE_PORT: String(await freePort()),
    LOG_LEVEL: "error",
  };
  const instance = start(["apps/server/src/main.ts", "--clock", "manual", "--at", "2010-12-01T00:00:00Z"], environment);
  try {
    await waitUntilReady(environment.PORT);
    const replay = start(["apps/cli/src/main.ts", "replay", file, "--json", "--seed", "1"], environment);
    const killer = plan ? killAlong(plan, dataDir, environment.PORT, replay.child) : Promise.resolve();
    const output = await replay.output;
    await killer;
    const verification = await start(["apps/cli/src/main.ts", "verify"], environment).output;
    return { summary: JSON.parse(output) as Summary, isSound: (JSON.parse(verification) as { isSound: boolean }).isSound };
  } finally {
    instance.child.kill("SIGINT");
    await instance.output.catch(() => undefined);
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function killAlong(plan: readonly Kill[], dataDir: string, port: string, replay: ChildProcess): Promise<void> {
  while (replay.exitCode === null) {
    const now = await businessTime(port);
    const due = plan.find(({ isDone, at }) => !isDone && now !== undefined && at <= now);
    if (due) {
      const processes = JSON.parse(await readFile(join(dataDir, "processes.json"), "utf8")) as Record<string, number>;
      const pid = processes[due.target === "edge" ? "edge-1" : due.target];
      await delay(Math.floor((due.at % 97) * 3));
      if (pid) {
        due.isDone = kill(pid);
        if (due.isDone) console.log(`   ${new Date(due.at).toISOString().slice(0, 16)} kill -9 ${due.target} (${pid})`);
      }
    }
    await delay(150);
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

async function businessTime(port: string): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/instance`, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.json(),
    () => undefined,
  );
  const at = (answer as { clock?: { at?: string } } | undefined)?.clock?.at;
  return at === undefined ? undefined : Date.parse(at);
}

async function waitUntilReady(port: string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await delay(250);
  }
  throw new Error("the instance did not become ready within 60 s");
}

function start(args: readonly string[], environment: Record<string, string | undefined>): { child: ChildProcess; output: Promise<string> } {
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const output = new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
  return { child, output };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
