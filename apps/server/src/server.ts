import type { AddressInfo } from "node:net";
import { type Database, openDatabase } from "@biotop/platform/db";
import { createHttpServer } from "@biotop/platform/http";
import { randomIds } from "@biotop/platform/ids";
import type { Log } from "@biotop/platform/log";
import type { FastifyInstance } from "fastify";
import { Pool } from "pg";
import type { Settings } from "./config.ts";
import { serveHealth } from "./http/health.ts";
import { instanceRoutes } from "./http/instance-routes.ts";
import { serveOpenApi } from "./http/openapi.ts";
import { serveProblemPages } from "./http/problem-pages.ts";
import { serveWeb } from "./http/web-files.ts";
import { untilEdgesHave } from "./runtime/edge-watch.ts";
import { createMetrics } from "./runtime/metrics.ts";
import { createWorker, type Worker } from "./runtime/worker.ts";
import type { Secrets } from "./secrets.ts";
import { type InstanceClock, instanceClock } from "./time/instance-clock.ts";
import { createTimeMover } from "./time/move-time.ts";
import { readStoredClock } from "./time/stored-clock.ts";
import { type Product, wire } from "./wiring.ts";

export type ServerOptions = {
  readonly settings: Settings & { readonly databaseUrl: string };
  readonly secrets: Secrets;
  readonly log: Log;
  readonly doesAnswer: boolean;
  readonly doesWork: boolean;
};

export type RunningServer = {
  readonly port: number;
  /** While the instance waits for its first administrator. */
  readonly setupLink: () => Promise<string | undefined>;
  readonly stop: () => Promise<void>;
};

/** The control plane in one process: API and web app, loader and background work, or one of the two. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, log } = options;
  const db = openDatabase({
    url: settings.databaseUrl,
    onError: (error) => log.warn({ error: error.message }, "a store connection broke"),
  });
  const clock = instanceClock((await db.inTransaction("system", readStoredClock)) ?? { mode: "real" });
  const ownerPool = openOwnerPool(settings.databaseUrl);
  const product = wire({ db, clock, ids: randomIds(), log, settings, secrets: options.secrets });
  const worker = createWorker({
    db,
    ownerPool,
    clock,
    log,
    modules: product.modules,
    loader: product.loader,
    routeTable: product.routeTable,
  });
  const app = await createApp(options, { db, clock, product, worker });
  if (options.doesWork) await worker.start();
  if (options.doesAnswer) await app.listen({ host: settings.host, port: settings.port });
  return {
    port: (app.server.address() as AddressInfo | null)?.port ?? 0,
    setupLink: product.setupLink,
    async stop() {
      await app.close();
      await worker.stop();
      await product.close();
      await ownerPool.end();
      await db.close();
    },
  };
}

/** Connections as the store's owner, for the job queue. */
function openOwnerPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
}

type Parts = { readonly db: Database; readonly clock: InstanceClock; readonly product: Product; readonly worker: Worker };

async function createApp(options: ServerOptions, { db, clock, product, worker }: Parts): Promise<FastifyInstance> {
  const { settings, log } = options;
  const time = createTimeMover({
    db,
    clock,
    log,
    sources: product.modules.flatMap((module) => module.due),
    loadEverything: worker.loadEverything,
    tellEverything: worker.tellEverything,
    tellEdge: async () => untilEdgesHave(await product.routeTable.publish(), product.edgeStatuses),
  });
  const metrics = createMetrics({ pendingNews: worker.pendingNews, loaderLagMs: () => product.loader.status().lagMs });
  const routes = [...instanceRoutes({ db, clock, settings, time }), ...product.modules.flatMap((module) => module.routes)];
  const { resolvePrincipal } = product;
  const app = await createHttpServer(
    { log, db, resolvePrincipal, trustedProxies: settings.trustedProxies, onRequest: metrics.onRequest },
    routes,
  );
  serveHealth(app, { db, metrics });
  serveOpenApi(app, settings.publicUrl, settings.edgePublicUrl);
  serveProblemPages(app);
  await serveWeb(app);
  return app;
}
