import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { EdgeStatus } from "@biotop/tracking-protocol";
import type { EdgeWorld } from "../edge-world.ts";
import { answerClick, answerHead } from "./click-route.ts";
import { answerConversions } from "./conversions-route.ts";
import { sendHealth, sendMetrics, sendReadiness } from "./health-routes.ts";
import { createKnownRequests, type KnownRequests } from "./idempotency.ts";
import { sendUnknownLink } from "./pages.ts";
import { sendProblem } from "./problems.ts";

type Routes = { readonly world: EdgeWorld; readonly known: KnownRequests; readonly siblings: () => Promise<readonly EdgeStatus[]> };

/** The edge's port: links, server-to-server conversions, health. Plain `node:http`; nothing here asks the network. */
export function createEdgeServer(world: EdgeWorld, siblings: () => Promise<readonly EdgeStatus[]>): Server {
  const routes: Routes = { world, known: createKnownRequests(), siblings };
  const options = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000, maxHeaderSize: 16_384 };
  return createServer(options, (request, response) => {
    try {
      dispatch(routes, request, response);
    } catch (error) {
      fail(world, request, response, error);
    }
  });
}

const linkPrefix = "/c/";

function dispatch(routes: Routes, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? "/";
  const method = request.method ?? "GET";
  if (url.startsWith(linkPrefix) && (method === "GET" || method === "HEAD")) {
    const hash = url.indexOf("#");
    const address = hash === -1 ? url : url.slice(0, hash);
    const mark = address.indexOf("?");
    const key = address.slice(linkPrefix.length, mark === -1 ? address.length : mark);
    const answer = method === "GET" ? answerClick : answerHead;
    answer(routes.world, key, mark === -1 ? "" : address.slice(mark + 1), request, response);
    return;
  }
  dispatchService(routes, method, url.split("?", 1)[0] ?? "/", request, response);
}

function dispatchService(
  { world, known, siblings }: Routes,
  method: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const guarded = (work: Promise<void>) => void work.catch((error: unknown) => fail(world, request, response, error));
  if (path === "/v1/conversions" && (method === "POST" || method === "PATCH")) {
    guarded(answerConversions(world, known, method === "POST" ? "report" : "change", request, response));
    return;
  }
  if (method === "GET" || method === "HEAD") {
    if (path === "/healthz") {
      sendHealth(response);
      return;
    }
    if (path === "/readyz") {
      sendReadiness(world, response);
      return;
    }
    if (path === "/metrics") {
      guarded(siblings().then((statuses) => sendMetrics(world, statuses, response)));
      return;
    }
    if (path === "/robots.txt") {
      response.end("User-agent: *\nDisallow: /\n");
      return;
    }
    if (!path.startsWith("/v1/")) {
      sendUnknownLink(request, response);
      return;
    }
  }
  sendProblem(request, response, { kind: "not-found" });
}

/** A bug stops the request, not the worker. */
function fail(world: EdgeWorld, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  world.counters.internal_errors += 1;
  const known = error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
  if (!request.destroyed) world.log.error(known, "request failed");
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  sendProblem(request, response, { kind: "internal-error" });
}
