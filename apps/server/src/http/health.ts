import type { Database } from "@biotop/platform/db";
import type { FastifyInstance } from "fastify";
import type { Metrics } from "../runtime/metrics.ts";

type Deps = { readonly db: Database; readonly metrics: Metrics };

/** `/healthz`: the process lives. `/readyz`: it can serve, store included. `/metrics`: for Prometheus. */
export function serveHealth(app: FastifyInstance, deps: Deps): void {
  app.get("/healthz", (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    reply.header("cache-control", "no-store");
    try {
      await deps.db.inTransaction("system", (tx) => tx.query("select 1"));
      return reply.send({ status: "ready" });
    } catch {
      return reply.code(503).header("retry-after", "1").send({ status: "waiting", for: "store" });
    }
  });
  app.get("/metrics", async (_request, reply) =>
    reply
      .header("cache-control", "no-store")
      .type(deps.metrics.contentType)
      .send(await deps.metrics.text()),
  );
}
