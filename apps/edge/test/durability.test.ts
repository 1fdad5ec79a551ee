import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { fileDisk, type SegmentDisk, type SegmentFile } from "../src/segment-log/segment-file.ts";
import { closeDeadLogs } from "../src/worker-group.ts";
import { ask, browser, type EdgeUnderTest, newDataDir, openEdge, publish, readRecords, sampleTable } from "./edge-fixture.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Process = { readonly child: ChildProcess; readonly port: number };
const main = resolve(import.meta.dirname, "../src/main.ts");

async function startProcess(dataDir: string, workers = 1): Promise<Process> {
  const environment = { ...process.env, BIOTOP_DATA_DIR: dataDir, EDGE_PORT: "0", EDGE_WORKERS: String(workers), LOG_LEVEL: "silent" };
  const child = spawn(process.execPath, [main], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  cleanups.push(() => child.kill("SIGKILL"));
  const port = await new Promise<number>((resolvePort, reject) => {
    let text = "";
    child.stdout?.on("data", (part: Buffer) => {
      text += part.toString();
      const match = /http:\/\/[\d.]+:(\d+)/.exec(text);
      if (match) resolvePort(Number(match[1]));
    });
    child.once("exit", () => reject(new Error("the edge ended")));
  });
  return { child, port };
}

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
const exited = (child: ChildProcess) =>
  new Promise<void>((done) => (child.exitCode !== null || child.signalCode !== null ? done() : child.once("exit", () => done())));

/** Clicks without pause until told to stop; keeps every id that an answer handed out. */
function clickOn(port: () => number, connections: number) {
  const ids: string[] = [];
  const state = { isOn: true, failures: 0 };
  const one = async () => {
    while (state.isOn) {
      await ask(port(), "GET", "/c/spring?cons=1", { "user-agent": browser }).then(
        (answer) => {
          const id = /bk=([0-9a-z]{34})/.exec(answer.headers.location ?? "")?.[1];
          if (id) ids.push(id);
        },
        async () => {
          state.failures += 1;
          await delay(20);
        },
      );
    }
  };
  const running = Array.from({ length: connections }, one);
  return {
    ids,
    state,
    async stop() {
      state.isOn = false;
      await Promise.all(running);
    },
  };
}

async function expectAllStored(dataDir: string, ids: readonly string[]): Promise<void> {
  const { records } = await readRecords(dataDir);
  const counts = new Map<string, number>();
  for (const record of records) if (record.kind === "click") counts.set(record.id, (counts.get(record.id) ?? 0) + 1);
  expect(ids.filter((id) => counts.get(id) !== 1)).toEqual([]);
}

function dataDirWithTable(): string {
  const dataDir = newDataDir();
  cleanups.push(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  publish(dataDir, sampleTable());
  return dataDir;
}

describe("kill -9", { timeout: 120_000 }, () => {
  test("of a worker under load loses nothing that was acknowledged; another worker follows by itself", async () => {
    const dataDir = dataDirWithTable();
    const { child, port } = await startProcess(dataDir, 2);
    const load = clickOn(() => port, 8);
    for (let kill = 0; kill < 4; kill += 1) {
      await delay(250);
      const worker = childrenOf(child.pid ?? 0)[0];
      if (worker) process.kill(worker, "SIGKILL");
    }
    const before = load.ids.length;
    for (let wait = 0; load.ids.length < before + 50 && wait < 400; wait += 1) await delay(100);
    await load.stop();
    expect(load.ids.length).toBeGreaterThan(before);
    await expectAllStored(dataDir, load.ids);
  });

  test("of all processes at once loses nothing; the next start opens a new log and closes the old", async () => {
    const dataDir = dataDirWithTable();
    const ids: string[] = [];
    for (let life = 0; life < 5; life += 1) {
      const { child, port } = await startProcess(dataDir);
      const load = clickOn(() => port, 8);
      for (let wait = 0; load.ids.length < 30 && wait < 200; wait += 1) await delay(10);
      const workers = childrenOf(child.pid ?? 0);
      for (const pid of [child.pid ?? 0, ...workers]) process.kill(pid, "SIGKILL");
      await exited(child);
      await load.stop();
      ids.push(...load.ids);
    }
    const { child } = await startProcess(dataDir);
    expect(ids.length).toBeGreaterThanOrEqual(150);
    await expectAllStored(dataDir, ids);
    const logs = readdirSync(join(dataDir, "segments"));
    expect(logs.length).toBe(6);
    expect(logs.filter((log) => readdirSync(join(dataDir, "segments", log)).includes("closed")).length).toBe(5);
    child.kill("SIGTERM");
    await exited(child);
    expect(child.exitCode).toBe(0);
  });

  test("leaves a torn tail that is skipped and counted", async () => {
    const dataDir = dataDirWithTable();
    const edge = await openEdge({ dataDir, table: undefined });
    await edge.get("/c/spring?cons=1");
    await edge.get("/c/spring?cons=1");
    await edge.edge.stop();
    const path = join(dataDir, "segments", edge.edge.worker, "00000001.seg");
    const bytes = readFileSync(path);
    const last = bytes.lastIndexOf("BtF1");
    bytes.fill(0, last + 100);
    writeFileSync(path, bytes);
    const { records, gaps } = await readRecords(dataDir);
    expect(records.length).toBe(1);
    expect(gaps).toMatchObject([{ kind: "torn-tail", worker: edge.edge.worker, segment: "00000001.seg", byteOffset: last }]);
  });
});

describe("SIGTERM", () => {
  test("answers and stores what is under way, then ends with 0", async () => {
    const dataDir = dataDirWithTable();
    const { child, port } = await startProcess(dataDir);
    const load = clickOn(() => port, 8);
    await delay(300);
    child.kill("SIGTERM");
    await exited(child);
    await load.stop();
    expect(child.exitCode).toBe(0);
    expect(load.ids.length).toBeGreaterThan(0);
    await expectAllStored(dataDir, load.ids);
  });
});

/** A disk that fails on command, around the real one. */
function failingDisk(): {
  readonly disk: (directory: string) => SegmentDisk;
  mode: "fine" | "write" | "short" | "sync" | "hang" | "full";
  release: () => void;
} {
  const held: (() => void)[] = [];
  const control = {
    mode: "fine" as "fine" | "write" | "short" | "sync" | "hang" | "full",
    release: () => {
      for (const done of held.splice(0)) done();
    },
    disk: (directory: string): SegmentDisk => {
      const real = fileDisk(directory);
      return {
        async prepare(number, capacity) {
          if (control.mode !== "fine" && control.mode !== "hang") throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
          const prepared = await real.prepare(number, capacity, "at-once");
          return { ...prepared, publish: async () => wrap(await prepared.publish()) };
        },
      };
    },
  };
  function wrap(file: SegmentFile): SegmentFile {
    return {
      ...file,
      write(bytes, length, position) {
        if (control.mode === "write") throw Object.assign(new Error("i/o error"), { code: "EIO" });
        if (control.mode === "short") {
          file.write(bytes, Math.floor(length / 2), position);
          throw new Error("short write");
        }
        file.write(bytes, length, position);
      },
      sync(done) {
        if (control.mode === "sync") return done(Object.assign(new Error("i/o error"), { code: "EIO" }));
        if (control.mode !== "hang") return file.sync(done);
        held.push(() => file.sync(done));
      },
    };
  }
  return control;
}

async function expectTracked(edge: EdgeUnderTest, isTracked: boolean): Promise<void> {
  const answer = await edge.get("/c/spring?cons=1");
  expect(answer.status).toBe(302);
  expect(answer.headers.location).toMatch(
    isTracked ? /^https:\/\/shop\.example\/spring\?x=1&bk=/ : /^https:\/\/shop\.example\/spring\?x=1#top$/,
  );
  expect(answer.headers["set-cookie"] !== undefined).toBe(isTracked);
}

async function idsHandedOut(edge: EdgeUnderTest, count: number): Promise<readonly string[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => edge.get("/c/spring?cons=1")));
  return answers.flatMap((answer) => /bk=([0-9a-z]{34})/.exec(answer.headers.location ?? "")?.[1] ?? []);
}

describe("a disk that fails", () => {
  test.each(["write", "short", "sync"] as const)("(%s): redirects go on without id, alarm rises, storing resumes", async (mode) => {
    const control = failingDisk();
    const edge = await openEdge({ disk: control.disk, storing: { retryMs: 20 } });
    cleanups.push(() => edge.close());
    const ids = [...(await idsHandedOut(edge, 20))];
    control.mode = mode;
    await expectTracked(edge, false);
    await expectTracked(edge, false);
    expect(
      (
        await edge.send({
          rows: [{ programme: "prg_shop", orderId: "1", occurredAt: "2026-01-05T12:00:00Z", currency: "EUR", amountMinor: 1 }],
        })
      ).status,
    ).toBe(503);
    expect(edge.edge.counters.commit_failures).toBeGreaterThan(0);
    expect(edge.edge.counters.clicks_untracked_storage).toBe(2);
    expect((await edge.get("/metrics")).text).toContain('biotop_edge_storing{worker="w1"} 0');
    control.mode = "fine";
    for (let wait = 0; wait < 100 && !JSON.parse((await edge.get("/readyz")).text).storing; wait += 1) await delay(20);
    await expectTracked(edge, true);
    ids.push(...(await idsHandedOut(edge, 20)));
    expect(ids.length).toBe(40);
    await expectAllStored(edge.dataDir, ids);
  });

  test("(hangs): nobody waits longer than the limit, and storing goes on when it answers", async () => {
    const control = failingDisk();
    const edge = await openEdge({ disk: control.disk, storing: { stallMs: 100 } });
    cleanups.push(() => edge.close());
    control.mode = "hang";
    await expectTracked(edge, false);
    await expectTracked(edge, false);
    expect(edge.edge.counters.commit_stalls).toBe(1);
    control.mode = "fine";
    control.release();
    for (let wait = 0; wait < 100 && !JSON.parse((await edge.get("/readyz")).text).storing; wait += 1) await delay(20);
    await expectAllStored(edge.dataDir, await idsHandedOut(edge, 10));
  });

  test("(full from the start): the edge starts all the same", async () => {
    const control = failingDisk();
    control.mode = "full";
    const edge = await openEdge({ disk: control.disk, storing: { retryMs: 20 } });
    cleanups.push(() => edge.close());
    await expectTracked(edge, false);
    control.mode = "fine";
    for (let wait = 0; wait < 100 && !JSON.parse((await edge.get("/readyz")).text).storing; wait += 1) await delay(20);
    await expectTracked(edge, true);
  });
});

/** A volume of 1 MiB that is really full; needs root and a kernel that lets us mount. */
function mountTiny(directory: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", directory], { stdio: "ignore" });
    cleanups.push(() => execFileSync("umount", ["-l", directory]));
    return true;
  } catch {
    return false;
  }
}

describe("a volume that is really full", () => {
  test("hands out no id that is not stored, and resumes when there is room", async (context) => {
    const dataDir = dataDirWithTable();
    mkdirSync(join(dataDir, "segments"));
    if (!mountTiny(join(dataDir, "segments"))) {
      process.stdout.write("not run: a full volume needs the right to mount\n");
      return context.skip();
    }
    const edge = await openEdge({ dataDir, table: undefined, storing: { segmentBytes: 262_144, retryMs: 20 } });
    const ids: string[] = [];
    for (let round = 0; round < 200 && edge.edge.counters.clicks_untracked_storage === 0; round += 1)
      ids.push(...(await idsHandedOut(edge, 50)));
    expect(edge.edge.counters.clicks_untracked_storage).toBeGreaterThan(0);
    await expectTracked(edge, false);
    await expectAllStored(dataDir, ids);

    execFileSync("mount", ["-o", "remount,size=8m", join(dataDir, "segments")]);
    for (let wait = 0; wait < 100 && !JSON.parse((await edge.get("/readyz")).text).storing; wait += 1) await delay(20);
    ids.push(...(await idsHandedOut(edge, 50)));
    await edge.edge.stop();
    await expectAllStored(dataDir, ids);
  });
});

describe("logs of workers that are gone", () => {
  test("are closed, those of the living are not", async () => {
    const edge = await openEdge();
    cleanups.push(() => edge.close());
    mkdirSync(join(edge.dataDir, "segments", "w9-gone"));
    for (let wait = 0; wait < 100 && readdirSync(join(edge.dataDir, "edge-status")).length === 0; wait += 1) await delay(10);
    await closeDeadLogs(edge.dataDir);
    expect(readdirSync(join(edge.dataDir, "segments", "w9-gone"))).toEqual(["closed"]);
    expect(readdirSync(join(edge.dataDir, "segments", edge.edge.worker))).not.toContain("closed");
  });
});
