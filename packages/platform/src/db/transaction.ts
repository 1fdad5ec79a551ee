import { Kysely, PostgresDialect } from "kysely";
import type { PoolClient, QueryResult, QueryResultRow } from "pg";

/** One open transaction: the only door to the database. */
export type Tx = {
  /** Typed queries over a context's own tables: `tx.tables<LedgerTables>()`. */
  readonly tables: <Tables>() => Kysely<Tables>;
  /** Plain SQL; with a `name` the statement is prepared once per connection (hot paths). */
  readonly query: <Row extends QueryResultRow = QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
    name?: string,
  ) => Promise<QueryResult<Row>>;
  /** The connection itself, for COPY. */
  readonly client: PoolClient;
};

export function makeTx(client: PoolClient): Tx {
  let kysely: Kysely<unknown> | undefined;
  return {
    client,
    tables<Tables>() {
      kysely ??= new Kysely<unknown>({ dialect: dialectOver(client) });
      // Every repository sees its own tables; the transaction underneath is one.
      return kysely as unknown as Kysely<Tables>;
    },
    query: (sql, values = [], name) => client.query({ text: sql, values: [...values], ...(name ? { name } : {}) }),
  };
}

function dialectOver(client: PoolClient): PostgresDialect {
  const borrowed = { query: client.query.bind(client), release: () => undefined };
  return new PostgresDialect({ pool: { connect: async () => borrowed as never, end: async () => undefined } as never });
}
