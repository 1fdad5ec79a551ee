import { randomUUID } from "node:crypto";
import type { Language } from "@biotop/kernel";
import type { Endpoint, FieldError, Problem } from "@biotop/wire";
import fastifyCookie from "@fastify/cookie";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import { type Database, isStoreAway } from "../db/index.ts";
import type { Log } from "../log/index.ts";
import { beginIdempotent } from "./idempotency.ts";
import type { Principal, RequestContext, ResolvePrincipal } from "./principal.ts";
import { fieldErrors, problemAnswer } from "./problem-answer.ts";
import type { Route } from "./route.ts";

export type HttpOptions = {
  readonly log: Log;
  readonly db: Database;
  readonly resolvePrincipal: ResolvePrincipal;
  /** Addresses or CIDR ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly onRequest?: (facts: { readonly endpoint: string; readonly status: number; readonly seconds: number }) => void;
};

const bodyBytesMax = 5 * 1024 * 1024;

/** The API server: every route checked, decoded, answered and refused in the same way. */
export async function createHttpServer(options: HttpOptions, routes: readonly Route[]): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: bodyBytesMax,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    genReqId: () => randomUUID(),
    logger: false,
  });
  await app.register(fastifyCookie);
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const problem = transportProblem(error);
    if (problem.kind === "internal-error")
      options.log.error({ requestId: request.id, error: error.message, stack: error.stack }, "request failed");
    if (problem.kind === "unavailable") reply.header("retry-after", "1");
    return refuse(reply, request, problem);
  });
  for (const each of routes) registerRoute(app, options, each);
  return app;
}

function registerRoute(app: FastifyInstance, options: HttpOptions, { endpoint, handler }: Route): void {
  if (endpoint.at !== "api") return;
  app.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ":$1"),
    handler: async (request, reply) => {
      const started = performance.now();
      await answer(options, endpoint, handler as (input: unknown) => ReturnType<Route["handler"]>, request, reply);
      options.onRequest?.({ endpoint: endpoint.id, status: reply.statusCode, seconds: (performance.now() - started) / 1000 });
      return reply;
    },
  });
}

async function answer(
  options: HttpOptions,
  endpoint: Endpoint,
  handler: (input: unknown) => ReturnType<Route["handler"]>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const principal = await options.resolvePrincipal(plainHeaders(request), request.method);
  const refusal = refuseByAccess(endpoint, principal);
  if (refusal) return void refuse(reply, request, refusal);

  const decoded = decode(endpoint, request);
  if ("problem" in decoded) return void refuse(reply, request, decoded.problem);

  const idempotent = await beginIdempotent(options.db, endpoint, principal, request);
  if (idempotent.kind === "refused") return void refuse(reply, request, idempotent.problem);
  if (idempotent.kind === "known")
    return void reply.code(idempotent.status).header("idempotent-replayed", "true").type("application/json").send(idempotent.answer);

  const context: RequestContext = {
    principal,
    language: languageOf(request),
    requestId: request.id,
    address: request.ip,
    userAgent: String(request.headers["user-agent"] ?? ""),
    headers: plainHeaders(request),
    setCookie: (line) => void reply.header("set-cookie", line),
  };
  const result = await handler({ ...context, ...decoded.input }).catch(async (error: unknown) => {
    await idempotent.forget();
    throw error;
  });
  if (!result.ok) {
    await idempotent.forget();
    return void refuse(reply, request, result.error);
  }
  await sendAnswer(endpoint, reply, result.value, idempotent.remember);
}

async function sendAnswer(
  endpoint: Endpoint,
  reply: FastifyReply,
  value: unknown,
  remember: (status: number, text: string) => Promise<void>,
): Promise<void> {
  reply.header("cache-control", "no-store");
  if (endpoint.mediaType) {
    const file = value as { bytes: Uint8Array | string; fileName: string; mediaType?: string };
    await reply
      .code(endpoint.status)
      .type(file.mediaType ?? endpoint.mediaType)
      .header("content-disposition", `attachment; filename="${file.fileName.replaceAll(/[^\w.-]/g, "_")}"`)
      .send(typeof file.bytes === "string" ? file.bytes : Buffer.from(file.bytes));
    return;
  }
  const text = endpoint.status === 204 ? "" : JSON.stringify(z.encode(endpoint.answer, value));
  await remember(endpoint.status, text);
  await reply.code(endpoint.status).type("application/json").send(text);
}

function refuseByAccess(endpoint: Endpoint, principal: Principal): Problem | undefined {
  const refusal = "refusal" in principal ? principal.refusal : undefined;
  if (endpoint.access === "public") return refusal?.kind === "foreign-origin" ? refusal : undefined;
  if (principal.kind === "nobody") return refusal ?? { kind: "not-signed-in" };
  if (endpoint.access === "user")
    return principal.kind === "user" ? undefined : { kind: "not-allowed", detail: "This needs a signed-in person." };
  if (!principal.scopes.has(endpoint.access)) return refusal ?? { kind: "not-allowed", neededScope: endpoint.access };
  return undefined;
}

type Decoded =
  | { readonly input: { readonly params: unknown; readonly query: unknown; readonly body: unknown } }
  | { readonly problem: Problem };

function decode(endpoint: Endpoint, request: FastifyRequest): Decoded {
  const errors: FieldError[] = [];
  const params = read(endpoint.params, request.params, "", errors);
  if (errors.length > 0) return { problem: { kind: "not-found" } };
  const query = read(endpoint.query, request.query, "?", errors);
  const body = read(endpoint.body, request.body, "", errors);
  if (errors.length > 0) return { problem: { kind: "invalid-request", errors } };
  return { input: { params, query, body } };
}

function read(schema: z.ZodType | undefined, raw: unknown, prefix: "" | "?", errors: FieldError[]): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  errors.push(...fieldErrors(parsed.error, prefix));
  return undefined;
}

function refuse(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  const { status, body } = problemAnswer(problem, languageOf(request), request.id);
  return reply.code(status).header("cache-control", "no-store").type("application/problem+json").send(JSON.stringify(body, bigintAsText));
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function transportProblem(error: Error & { statusCode?: number; code?: string }): Problem {
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return { kind: "too-large", bytesMax: bodyBytesMax };
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return { kind: "unsupported-media-type", detail: "Send application/json." };
  if (error.code === "FST_ERR_CTP_EMPTY_JSON_BODY" || error instanceof SyntaxError) return { kind: "broken-json", detail: error.message };
  if (isStoreAway(error)) return { kind: "unavailable", detail: "The store is away; try again in a moment." };
  return { kind: "internal-error" };
}

export function languageOf(request: FastifyRequest): Language {
  const wanted = String(request.headers["accept-language"] ?? "en").toLowerCase();
  return wanted.startsWith("de") ? "de" : "en";
}

function plainHeaders(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}
