import { hash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { err, type Instant, ok, type Result } from "@biotop/kernel";
import type { ConversionRecord, RouteKey } from "@biotop/tracking-protocol";
import { conversionRowsMax, type Problem } from "@biotop/wire";
import type { EdgeWorld } from "../edge-world.ts";
import type { CompiledTable } from "../route-table/compiled-table.ts";
import { checkKey } from "./conversion-key.ts";
import { type CheckedRow, checkRow, macsPerRequestMax } from "./conversion-rows.ts";
import type { KnownRequests } from "./idempotency.ts";
import { sendProblem } from "./problems.ts";
import { parseJson, readBody } from "./read-body.ts";

export type ConversionOp = ConversionRecord["op"];

/** `POST` and `PATCH /v1/conversions`: checked, on the disk, acknowledged row by row; works without the store. */
export async function answerConversions(
  world: EdgeWorld,
  known: KnownRequests,
  op: ConversionOp,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  world.counters.conversion_requests += 1;
  const answered = await receive(world, known, op, request);
  if (response.destroyed) return;
  if (!answered.ok) {
    world.counters.conversion_requests_refused += 1;
    return sendProblem(request, response, answered.error);
  }
  const body = JSON.stringify({ rows: answered.value.map((row) => row.answer) });
  response.writeHead(202, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" });
  response.end(body);
}

async function receive(
  world: EdgeWorld,
  known: KnownRequests,
  op: ConversionOp,
  request: IncomingMessage,
): Promise<Result<readonly CheckedRow[], Problem>> {
  const table = world.table.current();
  if (!table) return err({ kind: "unavailable", detail: "The edge has no route table yet." });
  const key = checkKey(table, request.headers.authorization, world.nowMs());
  if (!key.ok) return key;
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    return err({ kind: "unsupported-media-type", detail: "Send application/json." });
  }
  const bytes = await readBody(request);
  if (!bytes.ok) return bytes;
  const repeat = checkRepeat(known, key.value, op, request.headers["idempotency-key"], bytes.value);
  if (!repeat.ok) return repeat;
  const rows = readRows(bytes.value);
  if (!rows.ok) return rows;

  const receivedAt = world.instantOf(world.nowMs());
  const times = { at: table.manualAt ?? receivedAt, receivedAt };
  const checked = checkRows(table, key.value, op, times.at, rows.value);
  if (!(await store(world, recordsOf(checked, key.value, op, times)))) {
    return err({ kind: "unavailable", detail: "Nothing of this request was stored; send it again." });
  }
  repeat.value();
  for (const { answer } of checked) world.counters[`conversion_rows_${answer.status}`] += 1;
  return ok(checked);
}

/** Refuses a known key with another body; the answer remembers the key once the request is acknowledged. */
function checkRepeat(
  known: KnownRequests,
  key: RouteKey,
  op: ConversionOp,
  header: string | string[] | undefined,
  bytes: Buffer,
): Result<() => void, Problem> {
  if (header === undefined) return ok(() => undefined);
  if (typeof header !== "string" || header.length < 1 || header.length > 200) {
    const detail = "Idempotency-Key: 1 to 200 characters";
    return err({ kind: "invalid-request", errors: [{ pointer: "", code: "idempotency-key", detail }] });
  }
  const bodyHash = hash("sha256", Buffer.concat([Buffer.from(`${op}\n`), bytes]), "base64");
  if (!known.isFree(key.org, header, bodyHash)) return err({ kind: "idempotency-key-reused" });
  return ok(() => known.remember(key.org, header, bodyHash));
}

/** The envelope: `{ "rows": [ … ] }` with 1 to 1000 rows. The rows themselves are checked one by one. */
function readRows(bytes: Buffer): Result<readonly unknown[], Problem> {
  const json = parseJson(bytes);
  if (!json.ok) return json;
  const rows = typeof json.value === "object" && json.value !== null && "rows" in json.value ? json.value.rows : undefined;
  if (Array.isArray(rows) && rows.length >= 1 && rows.length <= conversionRowsMax) return ok(rows);
  const detail = `a list of 1 to ${conversionRowsMax} rows`;
  return err({ kind: "invalid-request", errors: [{ pointer: "/rows", code: "rows", detail }] });
}

function checkRows(table: CompiledTable, key: RouteKey, op: ConversionOp, at: Instant, rows: readonly unknown[]): readonly CheckedRow[] {
  const check = { table, org: key.org, op, at, budget: { macs: macsPerRequestMax } };
  return rows.map((row, index) => checkRow(check, row, index));
}

function recordsOf(
  checked: readonly CheckedRow[],
  key: RouteKey,
  op: ConversionOp,
  times: { readonly at: Instant; readonly receivedAt: Instant },
): readonly ConversionRecord[] {
  return checked.flatMap(({ answer, body }) => {
    if (answer.status !== "received" || body === undefined) return [];
    return [{ kind: "conversion", receipt: answer.receipt, ...times, org: key.org, key: key.keyId, op, body }];
  });
}

/** All rows of a request are stored together or not at all. */
function store(world: EdgeWorld, records: readonly ConversionRecord[]): Promise<boolean> {
  if (records.length === 0) return Promise.resolve(true);
  const lines = records.map((record) => JSON.stringify(record)).join("\n");
  return new Promise((resolve) => world.segments.append(lines, resolve));
}
