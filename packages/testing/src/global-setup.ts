import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, isRunning, startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import type { TestProject } from "vitest/node";
import { makeTemplate } from "./template.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where test files ask for the database server of this run; it starts with the first question. */
    testStoreSocket: string;
  }
}

const prefix = "biotop-test-";

/** One database server per run of the tests, started only when a test asks for it, ended with the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = join(tmpdir(), `${prefix}${process.pid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let started: Promise<EmbeddedPostgres> | undefined;
  const door = createServer((_request, response) => {
    started ??= startServer(folder);
    started.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  const socket = join(folder, "door.sock");
  await new Promise<void>((ready) => door.listen(socket, ready));
  project.provide("testStoreSocket", socket);

  return async () => {
    door.close();
    const server = await started?.catch(() => undefined);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startServer(folder: string): Promise<EmbeddedPostgres> {
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" };
  const server = await startEmbeddedPostgres({ dataDir: folder, settings });
  try {
    await makeTemplate(server.url);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What killed runs left behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.slice(prefix.length));
    const folder = join(tmpdir(), name);
    if (!name.startsWith(prefix) || !Number.isInteger(pid) || isRunning(pid)) continue;
    if (existsSync(join(folder, "postgres", "postmaster.pid"))) await (await startEmbeddedPostgres({ dataDir: folder })).stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
