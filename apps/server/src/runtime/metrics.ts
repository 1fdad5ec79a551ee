import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = {
  readonly onRequest: (facts: { readonly endpoint: string; readonly status: number; readonly seconds: number }) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

/** Prometheus figures of one server process; nothing personal in any label. */
export function createMetrics(sources: { readonly pendingNews: () => Promise<number>; readonly loaderLagMs: () => number }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "biotop_http_request_seconds",
    help: "Seconds per API request by operation and status",
    labelNames: ["endpoint", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const pending = new Gauge({ name: "biotop_outbox_pending", help: "News that is not told yet", registers: [registry] });
  const lag = new Gauge({
    name: "biotop_loader_lag_seconds",
    help: "Age of the oldest received record that is not loaded",
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    onRequest: ({ endpoint, status, seconds }) => requests.observe({ endpoint, status }, seconds),
    async text() {
      pending.set(await sources.pendingNews().catch(() => Number.NaN));
      lag.set(sources.loaderLagMs() / 1000);
      return registry.metrics();
    },
  };
}
