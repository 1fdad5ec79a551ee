import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "@biotop/platform/embedded-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endOf, freshDataDir, isReady, processesOf, type StartedProcess, startBiotop, until } from "./process.ts";

const at = "2010-12-01T00:00:00.000Z";
let dataDir: string;
let running: StartedProcess;

beforeAll(async () => {
  dataDir = freshDataDir();
  running = await startBiotop(dataDir, ["--clock", "manual", "--at", at]);
});
afterAll(async () => {
  running?.child.kill("SIGTERM");
  if (running) await endOf(running.child);
  rmSync(dataDir, { recursive: true, force: true });
});

describe("npm start", { timeout: 60_000 }, () => {
  test("brings up database, server and edge, and prints one ready line and a set-up link", async () => {
    expect(running.readyLine).toContain(running.edgeUrl);
    await until(() => running.output().includes("/setup?token="));
    expect(await isReady(running.url)).toBe(true);
    expect((await fetch(`${running.edgeUrl}/healthz`)).status).toBe(200);
    const instance = (await (await fetch(`${running.url}/v1/instance`)).json()) as object;
    expect(instance).toMatchObject({ needsSetup: true, clock: { mode: "manual", at } });
  });

  test("a port of another program is named", async () => {
    const port = new URL(running.url).port;
    await expect(startBiotop(`${dataDir}-other`, [], { PORT: port })).rejects.toThrow(`PORT: ${port}`);
    rmSync(`${dataDir}-other`, { recursive: true, force: true });
  });

  test("generates its secrets for its own eyes only", () => {
    expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
  });

  test("a second start in the same data folder is refused", async () => {
    await expect(startBiotop(dataDir)).rejects.toThrow("already runs");
  });

  test("server, edge and database come back after kill -9", async () => {
    for (const name of ["server", "edge", "postgres"] as const) {
      const { [name]: pid } = processesOf(dataDir);
      process.kill(pid, "SIGKILL");
      await until(() => processesOf(dataDir)[name] !== pid);
      await until(() => isReady(running.url));
      await until(async () => (await fetch(`${running.edgeUrl}/healthz`).catch(() => undefined))?.ok === true);
    }
  });

  test("after kill -9 of everything's parent the next start adopts the database and goes on at the stored time", async () => {
    const before = processesOf(dataDir);
    running.child.kill("SIGKILL");
    await endOf(running.child);
    expect(isRunning(before.postgres)).toBe(true);
    running = await startBiotop(dataDir);
    expect(processesOf(dataDir).postgres).toBe(before.postgres);
    expect(isRunning(before.edge)).toBe(false);
    const instance = (await (await fetch(`${running.url}/v1/instance`)).json()) as object;
    expect(instance).toMatchObject({ clock: { mode: "manual", at } });
  });

  test("Ctrl-C ends every process", async () => {
    const processes = processesOf(dataDir);
    running.child.kill("SIGINT");
    expect(await endOf(running.child)).toBe(0);
    for (const pid of Object.values(processes)) expect(isRunning(pid)).toBe(false);
  });

  test("wrong settings stop the start, all named at once", async () => {
    await expect(startBiotop(dataDir, [], { PORT: "many", EDGE_WORKERS: "none" })).rejects.toThrow(/PORT[\s\S]*EDGE_WORKERS/);
  });
});
