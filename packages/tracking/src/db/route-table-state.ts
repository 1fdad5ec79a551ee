import { present } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type RouteTableState = { readonly version: bigint; readonly wanted: bigint; readonly published: bigint };

/** Says, in the transaction of a change, that the edges have to learn it. */
export async function wantRouteTable(tx: Tx): Promise<void> {
  await tx.query("update tracking.route_table set wanted = wanted + 1", [], "tracking-want-route-table");
}

/** Locks the state, so that one publisher at a time writes the file. */
export async function lockRouteTable(tx: Tx): Promise<RouteTableState> {
  const { rows } = await tx.query<RouteTableState>("select version, wanted, published from tracking.route_table for update");
  return present(rows[0], "the route table has one state");
}

export async function readRouteTableState(tx: Tx): Promise<RouteTableState> {
  const { rows } = await tx.query<RouteTableState>("select version, wanted, published from tracking.route_table");
  return present(rows[0], "the route table has one state");
}

export async function saveRouteTable(tx: Tx, state: RouteTableState): Promise<void> {
  await tx.query("update tracking.route_table set version = $1, published = $2", [state.version, state.published]);
}
