import type { ConversionId, Currency, Instant, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Change, ChangeOp, ChangeSource } from "../domain/change.ts";

/** A change as it is stored: version of the conversion, what it did to value and cost, and who made it. */
export type StoredChange = {
  readonly conversion: ConversionId;
  readonly no: number;
  readonly org: OrgId;
  readonly contentHash: string;
  /** User or key; absent for the system. */
  readonly actor: string | undefined;
  readonly currency: Currency;
  readonly valueBeforeMinor: bigint;
  readonly valueAfterMinor: bigint;
  readonly costBeforeMinor: bigint;
  readonly costAfterMinor: bigint;
  readonly change: Change;
};

type Row = {
  readonly conversion_id: ConversionId;
  readonly no: number;
  readonly org_id: OrgId;
  readonly change_id: string;
  readonly content_hash: string;
  readonly source: ChangeSource;
  readonly actor: string | null;
  readonly at: Instant;
  readonly body: ChangeBody;
  readonly currency: Currency;
  readonly value_before_minor: bigint;
  readonly value_after_minor: bigint;
  readonly cost_before_minor: bigint;
  readonly cost_after_minor: bigint;
};

/** JSON of the operation: amounts are decimal texts. */
type ChangeBody = {
  readonly op: Change["op"];
  readonly reason?: string;
  readonly returned?: readonly { readonly index?: number; readonly sku?: string; readonly quantity: number }[];
  readonly netMinor?: string;
  readonly positions?: readonly {
    readonly index: number;
    readonly sku?: string;
    readonly group?: string;
    readonly category?: string;
    readonly quantity: number;
    readonly netMinor: string;
  }[];
};

export async function changesOf(tx: Tx, ids: readonly ConversionId[]): Promise<ReadonlyMap<ConversionId, readonly StoredChange[]>> {
  const found = new Map<ConversionId, StoredChange[]>();
  if (ids.length === 0) return found;
  const { rows } = await tx.query<Row>(
    `select conversion_id, no, org_id, change_id, content_hash, source, actor, at, body, currency, value_before_minor,
       value_after_minor, cost_before_minor, cost_after_minor
     from transactions.conversion_change where conversion_id = any($1::text[]) order by conversion_id, no`,
    [ids],
    "transactions-changes",
  );
  for (const row of rows) {
    const list = found.get(row.conversion_id) ?? [];
    list.push(storedChange(row));
    found.set(row.conversion_id, list);
  }
  return found;
}

export async function insertChanges(tx: Tx, changes: readonly StoredChange[]): Promise<void> {
  if (changes.length === 0) return;
  const column = <T>(read: (each: StoredChange) => T) => changes.map(read);
  await tx.query(
    `insert into transactions.conversion_change (conversion_id, no, org_id, change_id, content_hash, op, source, actor, at, reason, body,
       currency, value_before_minor, value_after_minor, cost_before_minor, cost_after_minor)
     select * from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::timestamptz[], $10::text[], $11::jsonb[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[])`,
    [
      column((each) => each.conversion),
      column((each) => each.no),
      column((each) => each.org),
      column((each) => each.change.changeId),
      column((each) => each.contentHash),
      column((each) => each.change.op),
      column((each) => each.change.source),
      column((each) => each.actor ?? null),
      column((each) => each.change.at),
      column((each) => ("reason" in each.change ? (each.change.reason ?? null) : null)),
      column((each) => JSON.stringify(bodyOf(each.change))),
      column((each) => each.currency),
      column((each) => each.valueBeforeMinor),
      column((each) => each.valueAfterMinor),
      column((each) => each.costBeforeMinor),
      column((each) => each.costAfterMinor),
    ],
    "transactions-insert-changes",
  );
}

function storedChange(row: Row): StoredChange {
  return {
    conversion: row.conversion_id,
    no: row.no,
    org: row.org_id,
    contentHash: row.content_hash,
    actor: row.actor ?? undefined,
    currency: row.currency,
    valueBeforeMinor: row.value_before_minor,
    valueAfterMinor: row.value_after_minor,
    costBeforeMinor: row.cost_before_minor,
    costAfterMinor: row.cost_after_minor,
    change: { changeId: row.change_id, at: row.at, source: row.source, ...operationOf(row.body) },
  };
}

export function bodyOf(change: Change): ChangeBody {
  switch (change.op) {
    case "decline":
      return { op: "decline", reason: change.reason };
    case "hold":
      return change.reason === undefined ? { op: "hold" } : { op: "hold", reason: change.reason };
    case "return":
      return {
        op: "return",
        returned: change.positions.map(({ index, sku, quantity }) => ({
          ...(index === undefined ? {} : { index }),
          ...(sku === undefined ? {} : { sku }),
          quantity,
        })),
      };
    case "amount":
      return {
        op: "amount",
        netMinor: String(change.netMinor),
        positions: change.positions.map(({ netMinor, index, sku, group, category, quantity }) => ({
          index,
          ...(sku === undefined ? {} : { sku }),
          ...(group === undefined ? {} : { group }),
          ...(category === undefined ? {} : { category }),
          quantity,
          netMinor: String(netMinor),
        })),
      };
    case "approve":
    case "release":
    case "attribute":
      return { op: change.op };
    default:
      return change satisfies never;
  }
}

function operationOf(body: ChangeBody): ChangeOp {
  switch (body.op) {
    case "decline":
      return { op: "decline", reason: body.reason ?? "other" } as const;
    case "hold":
      return { op: "hold", reason: body.reason } as const;
    case "return":
      return { op: "return", positions: body.returned ?? [] } as const;
    case "amount": {
      const positions = (body.positions ?? []).map((each) => ({ ...each, netMinor: BigInt(each.netMinor) }));
      return { op: "amount", netMinor: BigInt(body.netMinor ?? "0"), positions } as const;
    }
    case "approve":
    case "release":
    case "attribute":
      return { op: body.op } as const;
    default:
      return body.op satisfies never;
  }
}
