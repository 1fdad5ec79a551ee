import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { repositoryRoot } from "../config.ts";

const dist = join(repositoryRoot, "apps/web/dist");

/** Scripts and requests of our own origin only; Mantine sets styles on elements. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The built web app; every address that is no file and no API answers the app itself. */
export async function serveWeb(app: FastifyInstance): Promise<void> {
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "same-origin");
    reply.header("cross-origin-opener-policy", "same-origin");
    reply.header("content-security-policy", contentSecurityPolicy);
    if (request.protocol === "https") reply.header("strict-transport-security", "max-age=31536000");
  });
  await app.register(fastifyStatic, {
    root: dist,
    wildcard: true,
    index: false,
    preCompressed: true,
    setHeaders(reply, path) {
      const isHashed = path.startsWith(join(dist, "assets"));
      reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/", (_request, reply) => sendApp(reply));
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      (request.method === "GET" || request.method === "HEAD") && !request.url.startsWith("/v1/") && !/\.\w+($|\?)/.test(request.url);
    if (isPage) return sendApp(reply);
    return reply
      .code(404)
      .type("application/problem+json")
      .send({ type: "/problems/not-found", kind: "not-found", title: "Not found", status: 404, instance: request.id });
  });
}

function sendApp(reply: FastifyReply) {
  if (existsSync(join(dist, "build-complete"))) return reply.header("cache-control", "no-cache").sendFile("index.html");
  return reply.code(503).header("retry-after", "5").type("text/html; charset=utf-8").send(buildingPage);
}

const buildingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="3"><title>Biotop</title>
<p>The web app is being built; this page reloads by itself. · Die Web-App wird gebaut; diese Seite lädt sich von selbst neu.</p></html>`;
