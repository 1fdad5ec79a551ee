import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, isRunning, startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let dataDir: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "biotop-pg-"));
  server = await startEmbeddedPostgres({ dataDir });
});
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("startEmbeddedPostgres", () => {
  test("starts a real server with checksums that no network reaches", async () => {
    expect(await ask(server.url, "show data_checksums")).toBe("on");
    expect(await ask(server.url, "show listen_addresses")).toBe("");
    expect(await ask(server.url, "show fsync")).toBe("on");
  });

  test("adopts a server that outlived the process that had started it", async () => {
    const again = await startEmbeddedPostgres({ dataDir });
    expect(again).toMatchObject({ pid: server.pid, isAdopted: true });
  });

  test("after kill -9 it starts again and has everything that was committed", async () => {
    await ask(server.url, "create table if not exists kept as select 42 as value");
    process.kill(server.pid, "SIGKILL");
    server = await startEmbeddedPostgres({ dataDir });
    expect(server.isAdopted).toBe(false);
    expect(await ask(server.url, "select value from kept")).toBe(42);
  });

  test("a lock file whose process number belongs to another program by now does not hold it up", async () => {
    const lock = join(dataDir, "postgres", "postmaster.pid");
    const content = readFileSync(lock, "utf8");
    await server.stop();
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, content.replace(/^\d+/, String(process.pid)));
    server = await startEmbeddedPostgres({ dataDir });
    expect(await ask(server.url, "select value from kept")).toBe(42);
  });

  test("works in a folder whose path is too long for a socket", async () => {
    const long = join(mkdtempSync(join(tmpdir(), "biotop-pg-")), "x".repeat(100));
    const other = await startEmbeddedPostgres({ dataDir: long });
    expect(await ask(other.url, "select 1 as one")).toBe(1);
    await other.stop();
    expect(isRunning(other.pid)).toBe(false);
    rmSync(long, { recursive: true, force: true });
  });
});

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
