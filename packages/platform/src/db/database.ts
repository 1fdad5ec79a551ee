import { setTimeout as delay } from "node:timers/promises";
import { Pool, type PoolClient, types } from "pg";
import { beginStatement, type DbScope } from "./scope.ts";
import { makeTx, type Tx } from "./transaction.ts";

export type Database = {
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. A serialization failure or a
   * deadlock is tried again at most three times, so `work` has no effects outside the transaction.
   */
  readonly inTransaction: <T>(scope: DbScope, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
  readonly pool: Pool;
};

const int8 = 20;
const date = 1082;
const timestamptz = 1184;
const numeric = 1700;
types.setTypeParser(int8, (text) => BigInt(text));
types.setTypeParser(date, (text) => text);
types.setTypeParser(numeric, (text) => text);
types.setTypeParser(timestamptz, (text) => new Date(text).toISOString());

/** The role that requests run under: no owner of any table, no BYPASSRLS. */
export const appRole = "biotop_app";

export function openDatabase(options: {
  readonly url: string;
  readonly connectionsMax?: number;
  readonly onError?: (error: Error) => void;
}): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.connectionsMax ?? 12,
    connectionTimeoutMillis: 30_000,
    options: `-c role=${appRole} -c statement_timeout=120000 -c idle_in_transaction_session_timeout=120000 -c timezone=UTC`,
  });
  pool.on("error", options.onError ?? (() => undefined));
  pool.on("connect", surviveBreaks);
  return {
    pool,
    close: () => pool.end(),
    inTransaction: (scope, work) => attempt(pool, scope, work, 0),
  };
}

/**
 * Connections for a library that brings its own queries over one schema (sign-in): as the owner, with `Date` values as the
 * driver gives them. Never for our own code.
 */
export function openLibraryPool(options: { readonly url: string; readonly schema: string; readonly connectionsMax?: number }): Pool {
  const parsers = { getTypeParser: (oid: number, format?: "text" | "binary") => libraryParser(oid, format) };
  const pool = new Pool({
    connectionString: options.url,
    max: options.connectionsMax ?? 4,
    options: `-c search_path=${options.schema} -c statement_timeout=30000 -c timezone=UTC`,
    types: parsers as NonNullable<ConstructorParameters<typeof Pool>[0]>["types"],
  });
  pool.on("error", () => undefined);
  pool.on("connect", surviveBreaks);
  return pool;
}

/** A connection that breaks between two statements of a transaction tells so by its next statement; nobody else needs to end for it. */
function surviveBreaks(client: PoolClient): void {
  client.on("error", () => undefined);
}

function libraryParser(oid: number, format: "text" | "binary" = "text") {
  if (oid === timestamptz) return (text: string) => new Date(text);
  if (oid === int8) return Number;
  return types.getTypeParser(oid, format as "text");
}

const retriesMax = 3;

async function attempt<T>(pool: Pool, scope: DbScope, work: (tx: Tx) => Promise<T>, retry: number): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(beginStatement(scope));
    const value = await work(makeTx(client));
    await client.query("commit");
    client.release();
    return value;
  } catch (error) {
    await client.query("rollback").then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    if (retry >= retriesMax || !isRepeatable(error)) throw error;
  }
  await delay(5 * 2 ** retry);
  return attempt(pool, scope, work, retry + 1);
}

/** 40001 serialization_failure, 40P01 deadlock_detected. */
function isRepeatable(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "40001" || error.code === "40P01");
}
