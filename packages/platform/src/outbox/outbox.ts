import type { Database, Tx } from "../db/index.ts";

/** News of a context. The payload is JSON: ids, instants, decimal strings; no personal data. */
export type DomainEvent = { readonly type: string };

/** What a context does with news: in the same transaction as the removal from the outbox, so exactly once. */
export type Subscription<Event extends DomainEvent = DomainEvent> = {
  /** `ledger.on-conversion-priced`: for logs and metrics. */
  readonly name: string;
  readonly type: Event["type"];
  readonly handle: (tx: Tx, event: Event) => Promise<void>;
};

export function subscribe<Event extends DomainEvent>(subscription: Subscription<Event>): Subscription {
  return subscription as unknown as Subscription;
}

/** Puts news into the outbox of the running transaction: it is told if and only if the transaction commits. */
export async function publish<Event extends DomainEvent>(tx: Tx, ...events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    "insert into platform.outbox (type, payload) select * from unnest($1::text[], $2::jsonb[])",
    [events.map((event) => event.type), events.map((event) => JSON.stringify(event))],
    "outbox-publish",
  );
}

export type Dispatcher = {
  /** Tells news until none is due; answers how many were told. */
  readonly drain: () => Promise<number>;
  readonly pending: () => Promise<number>;
};

const batchMax = 200;
const attemptsMax = 12;

type Row = { readonly position: bigint; readonly type: string; readonly payload: DomainEvent; readonly attempts: number };

export function createDispatcher(
  db: Database,
  subscriptions: readonly Subscription[],
  onError: (name: string, error: unknown) => void,
): Dispatcher {
  const byType = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) byType.set(subscription.type, [...(byType.get(subscription.type) ?? []), subscription]);

  return {
    async drain() {
      let told = 0;
      for (;;) {
        const count = await tellBatch(db, byType).catch(() => tellOne(db, byType, onError));
        if (count === 0) return told;
        told += count;
      }
    },
    pending: () =>
      db.inTransaction("system", async (tx) => {
        const { rows } = await tx.query<{ count: bigint }>("select count(*) as count from platform.outbox");
        return Number(rows[0]?.count ?? 0n);
      }),
  };
}

const claim = `select position, type, payload, attempts from platform.outbox
  where next_attempt_at <= clock_timestamp() order by position limit $1 for update skip locked`;

function tellBatch(db: Database, byType: ReadonlyMap<string, readonly Subscription[]>): Promise<number> {
  return db.inTransaction("system", async (tx) => {
    const { rows } = await tx.query<Row>(claim, [batchMax], "outbox-claim");
    for (const row of rows) await tell(tx, byType, row);
    await remove(
      tx,
      rows.map((row) => row.position),
    );
    return rows.length;
  });
}

/** After a failed batch: one by one, so that one bad event holds up no other. */
function tellOne(
  db: Database,
  byType: ReadonlyMap<string, readonly Subscription[]>,
  onError: (name: string, error: unknown) => void,
): Promise<number> {
  return db.inTransaction("system", async (tx) => {
    const { rows } = await tx.query<Row>(claim, [1], "outbox-claim");
    const row = rows[0];
    if (!row) return 0;
    await tx.query("savepoint tell");
    try {
      await tell(tx, byType, row);
      await remove(tx, [row.position]);
    } catch (error) {
      await tx.query("rollback to savepoint tell");
      onError(row.type, error);
      await postpone(tx, row, error instanceof Error ? error.message : String(error));
    }
    return 1;
  });
}

async function tell(tx: Tx, byType: ReadonlyMap<string, readonly Subscription[]>, row: Row): Promise<void> {
  for (const subscription of byType.get(row.type) ?? []) await subscription.handle(tx, row.payload);
}

async function remove(tx: Tx, positions: readonly bigint[]): Promise<void> {
  if (positions.length > 0)
    await tx.query("delete from platform.outbox where position = any($1::bigint[])", [positions.map(String)], "outbox-remove");
}

async function postpone(tx: Tx, row: Row, message: string): Promise<void> {
  if (row.attempts + 1 < attemptsMax) {
    await tx.query(
      `update platform.outbox set attempts = attempts + 1, last_error = $2,
         next_attempt_at = clock_timestamp() + make_interval(secs => least(3600, power(2, attempts))) where position = $1`,
      [row.position, message],
    );
    return;
  }
  await tx.query("insert into platform.outbox_dead (position, type, payload, last_error) values ($1, $2, $3, $4)", [
    row.position,
    row.type,
    JSON.stringify(row.payload),
    message,
  ]);
  await remove(tx, [row.position]);
}
