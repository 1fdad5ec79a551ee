import type { ServerResponse } from "node:http";
import type { EdgeStatus } from "@biotop/tracking-protocol";
import type { EdgeWorld } from "../edge-world.ts";

/** `/healthz`: the process lives. */
export function sendHealth(response: ServerResponse): void {
  send(response, 200, "text/plain; charset=utf-8", "ok\n");
}

/** `/readyz`: links can be answered. While the disk fails redirects still work, so that is told but is no reason to take us out. */
export function sendReadiness(world: EdgeWorld, response: ServerResponse): void {
  const table = world.table.current();
  const body = JSON.stringify({ ready: table !== undefined, routeTableVersion: table?.version ?? 0, storing: world.segments.isStoring() });
  send(response, table ? 200 : 503, "application/json", body);
}

/** `/metrics` in Prometheus text: this worker as it is now, its siblings as they last said. */
export function sendMetrics(world: EdgeWorld, siblings: readonly EdgeStatus[], response: ServerResponse): void {
  const rows = [
    { worker: world.worker, isStoring: world.segments.isStoring(), version: world.table.current()?.version ?? 0, counters: world.counters },
    ...siblings.filter((status) => status.worker !== world.worker).map((status) => ({ ...status, version: status.routeTableVersion })),
  ];
  const lines: string[] = [];
  for (const name of Object.keys(world.counters)) {
    lines.push(`# TYPE biotop_edge_${name}_total counter`);
    for (const row of rows) lines.push(`biotop_edge_${name}_total{worker="${slotOf(row.worker)}"} ${countOf(row.counters, name)}`);
  }
  lines.push("# HELP biotop_edge_storing 1 while records reach the disk; 0 is an alarm.", "# TYPE biotop_edge_storing gauge");
  for (const row of rows) lines.push(`biotop_edge_storing{worker="${slotOf(row.worker)}"} ${row.isStoring ? 1 : 0}`);
  lines.push("# TYPE biotop_edge_route_table_version gauge");
  for (const row of rows) lines.push(`biotop_edge_route_table_version{worker="${slotOf(row.worker)}"} ${row.version}`);
  lines.push(
    "# HELP biotop_edge_step_seconds Time in the steps of a click, every 64th is measured.",
    "# TYPE biotop_edge_step_seconds summary",
  );
  for (const [step, total] of world.stepTimes.totals) {
    lines.push(`biotop_edge_step_seconds_sum{worker="${slotOf(world.worker)}",step="${step}"} ${total.seconds}`);
    lines.push(`biotop_edge_step_seconds_count{worker="${slotOf(world.worker)}",step="${step}"} ${total.count}`);
  }
  lines.push("# HELP process_resident_memory_bytes Of this worker.", "# TYPE process_resident_memory_bytes gauge");
  lines.push(`process_resident_memory_bytes{worker="${slotOf(world.worker)}"} ${process.memoryUsage.rss()}`);
  send(response, 200, "text/plain; version=0.0.4; charset=utf-8", `${lines.join("\n")}\n`);
}

/** `w1-01j…` is the first worker in one of its lives; series go on through restarts. */
function slotOf(worker: string): string {
  return worker.split("-", 1)[0] ?? worker;
}

function countOf(counters: Readonly<Record<string, number>>, name: string): number {
  return counters[name] ?? 0;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" });
  response.end(body);
}
