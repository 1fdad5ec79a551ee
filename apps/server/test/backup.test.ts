import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endOf, freshDataDir, type StartedProcess, startBiotop, until } from "./process.ts";

const run = promisify(execFile);
const biotop = join(import.meta.dirname, "../../cli/bin/biotop.js");
const start = "2011-01-03T00:00:00Z";

let dataDir: string;
let running: StartedProcess;

beforeAll(async () => {
  dataDir = freshDataDir();
  running = await startBiotop(dataDir, ["--clock", "manual", "--at", start]);
});
afterAll(async () => {
  running?.child.kill("SIGTERM");
  if (running) await endOf(running.child);
  for (const folder of [dataDir, `${dataDir}-copy`]) rmSync(folder, { recursive: true, force: true });
});

function command(folder: string, ...args: readonly string[]): Promise<string> {
  return run(process.execPath, [biotop, ...args], { env: { ...process.env, BIOTOP_DATA_DIR: folder } }).then(({ stdout }) => stdout.trim());
}

async function stop(): Promise<void> {
  running.child.kill("SIGINT");
  await endOf(running.child);
}

function ask(path: string, key: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, ...(body ? { "content-type": "application/json" } : {}) };
  return fetch(`${running.url}${path}`, { headers, ...(body ? { method: "POST", body: JSON.stringify(body) } : {}) });
}

describe("a cold copy of the data folder", { timeout: 90_000 }, () => {
  test("restores everything: rows, keys, received clicks that were not loaded yet, and the stored time", async () => {
    const key = await command(dataDir, "key", "create");
    const made = await ask("/v1/organisations", key, {
      name: "Linde",
      country: "DE",
      capabilities: ["sell"],
      ownerEmail: "owner@linde.example",
    });
    expect(made.status).toBe(201);
    expect((await ask("/v1/sandbox/clock", key, { to: "2011-01-04T12:00:00Z" })).status).toBe(200);
    const unknownLink = await fetch(`${running.edgeUrl}/c/unknown`, { redirect: "manual" });
    expect(unknownLink.status).toBe(404);
    await stop();

    const copy = `${dataDir}-copy`;
    await run("cp", ["-a", dataDir, copy]);
    rmSync(dataDir, { recursive: true, force: true });

    const verification = JSON.parse(await command(copy, "verify")) as { isSound: boolean; invariants: readonly object[] };
    expect(verification.isSound).toBe(true);
    expect(verification.invariants.length).toBeGreaterThan(10);

    running = await startBiotop(copy);
    const instance = (await (await fetch(`${running.url}/v1/instance`)).json()) as object;
    expect(instance).toMatchObject({ clock: { mode: "manual", at: "2011-01-04T12:00:00.000Z" } });
    const organisations = (await (await ask("/v1/organisations", key)).json()) as { rows: readonly { name: string }[] };
    expect(organisations.rows.map(({ name }) => name)).toContain("Linde");
    await until(() => readFileSync(join(copy, "processes.json"), "utf8").includes("edge"));
  });
});
