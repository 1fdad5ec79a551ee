import { migrate, storeMigrations } from "@biotop/platform/db";
import { migrateJobs } from "@biotop/platform/jobs";
import { Client } from "pg";

export const templateName = "biotop_template";

/** The database that test stores are cloned from: every context's tables, no rows. */
export async function makeTemplate(serverUrl: string): Promise<void> {
  await onServer(serverUrl, `create database ${templateName}`);
  const url = databaseUrl(serverUrl, templateName);
  await migrate(url, storeMigrations());
  await migrateJobs(url);
}

export async function onServer(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl(serverUrl, "postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
