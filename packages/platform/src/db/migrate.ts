import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { appRole } from "./database.ts";

/** A context's folder of plain SQL files, run in the order of their names: `0001_accounts.sql`. */
export type Migrations = { readonly context: string; readonly folder: URL };

/** Brings the store to the newest version; safe to run twice and from two processes. Connects as the owner. */
export async function migrate(url: string, all: readonly Migrations[]): Promise<{ readonly applied: readonly string[] }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(7331001)");
    await prepare(client);
    const done = new Set((await client.query<{ id: string }>("select id from platform.migration")).rows.map((row) => row.id));
    const applied: string[] = [];
    for (const { context, folder } of all) {
      for (const file of await sqlFiles(folder)) {
        const migrationId = `${context}/${file}`;
        if (done.has(migrationId)) continue;
        await apply(client, migrationId, await readFile(join(fileURLToPath(folder), file), "utf8"));
        applied.push(migrationId);
      }
    }
    return { applied };
  } finally {
    await client.end();
  }
}

async function prepare(client: Client): Promise<void> {
  await client.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${appRole}') then create role ${appRole} nologin nobypassrls; end if;
    end $$;
    do $$ begin execute format('grant ${appRole} to %I', current_user); end $$;
    create schema if not exists platform;
    create table if not exists platform.migration (id text primary key, applied_at timestamptz not null default clock_timestamp())`);
}

async function apply(client: Client, migrationId: string, sql: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query("insert into platform.migration (id) values ($1)", [migrationId]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migration ${migrationId} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function sqlFiles(folder: URL): Promise<readonly string[]> {
  return (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith(".sql")).sort();
}
