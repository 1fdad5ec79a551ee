import { endpoints, openApiDocument } from "@biotop/wire";
import type { FastifyInstance } from "fastify";

/** The description of the public API, generated from the same schemas that decode requests and encode answers. */
export function serveOpenApi(app: FastifyInstance, apiUrl: string, edgeUrl: string): void {
  let text: string | undefined;
  app.get("/openapi.json", (_request, reply) => {
    text ??= JSON.stringify(openApiDocument(endpoints, { apiUrl, edgeUrl }));
    return reply.type("application/json").header("access-control-allow-origin", "*").send(text);
  });
}
