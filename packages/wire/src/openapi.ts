import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { type ProblemKind, problemCatalogue } from "./problems/catalogue.ts";

type Json = Readonly<Record<string, unknown>>;

/** Where the two ports of an instance are reached. */
export type OpenApiServers = { readonly apiUrl: string; readonly edgeUrl: string };

/** OpenAPI 3.1 of the public API, from the schemas that decode requests and encode answers. */
export function openApiDocument(endpoints: readonly Endpoint[], servers: OpenApiServers): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of endpoints) {
    const path = paths[endpoint.path] ?? {};
    path[endpoint.method.toLowerCase()] = operation(endpoint, servers);
    paths[endpoint.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Biotop",
      version: "1",
      description:
        "Money and shares are decimal strings of minor units and parts per million. Times are RFC 3339. Writing requests take an " +
        "`Idempotency-Key`. Refusals are `application/problem+json` (RFC 9457) with every issue listed; `/problems` describes each kind.",
    },
    servers: [{ url: servers.apiUrl }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes,
      schemas: { Problem: problemSchema },
      parameters: { Organisation: organisationHeader, IdempotencyKey: idempotencyHeader },
    },
  };
}

const securitySchemes = {
  key: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer bt_live_…`" },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "biotop_session",
    description: "A signed-in person; the header Biotop-Organisation names whom the person acts for.",
  },
};

const organisationHeader = {
  name: "Biotop-Organisation",
  in: "header",
  required: false,
  schema: { type: "string", pattern: "^org_[0-9a-z]+$" },
};
const idempotencyHeader = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

const problemSchema = {
  type: "object",
  required: ["type", "kind", "title", "status"],
  properties: {
    type: { type: "string" },
    kind: { type: "string", enum: Object.keys(problemCatalogue).sort() },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "code", "detail"],
        properties: { pointer: { type: "string" }, code: { type: "string" }, detail: { type: "string" } },
      },
    },
  },
};

function operation(endpoint: Endpoint, servers: OpenApiServers): Json {
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ...(endpoint.at === "edge" ? { servers: [{ url: servers.edgeUrl }] } : {}),
    security: security(endpoint),
    parameters: parameters(endpoint),
    ...(endpoint.body
      ? { requestBody: { required: true, content: { "application/json": body(endpoint.body, endpoint.example?.body) } } }
      : {}),
    responses: { [endpoint.status]: answer(endpoint), ...refusals(endpoint) },
  };
}

function security(endpoint: Endpoint): readonly Json[] {
  if (endpoint.access === "public") return [];
  if (endpoint.access === "user") return [{ session: [] }];
  return [{ key: [endpoint.access] }, { session: [] }];
}

function parameters(endpoint: Endpoint): readonly Json[] {
  const headers: Json[] = [];
  if (endpoint.access !== "public") headers.push({ $ref: "#/components/parameters/Organisation" });
  if (endpoint.method !== "GET") headers.push({ $ref: "#/components/parameters/IdempotencyKey" });
  return [...fields(endpoint.params, "path"), ...fields(endpoint.query, "query"), ...headers];
}

function fields(schema: z.ZodType | undefined, place: "path" | "query"): readonly Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema) as { properties?: Record<string, Json>; required?: readonly string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(typeof property["description"] === "string" ? { description: property["description"] } : {}),
    schema: property,
  }));
}

function body(schema: z.ZodType, example: unknown): Json {
  return { schema: jsonSchema(schema), ...(example === undefined ? {} : { example }) };
}

function answer(endpoint: Endpoint): Json {
  if (endpoint.status === 204) return { description: "Done" };
  if (endpoint.mediaType)
    return { description: "The file", content: { [endpoint.mediaType]: { schema: { type: "string", format: "binary" } } } };
  return { description: "Done", content: { "application/json": body(endpoint.answer, endpoint.example?.answer) } };
}

function refusals(endpoint: Endpoint): Json {
  const byStatus = new Map<number, string[]>();
  const usual: readonly ProblemKind[] =
    endpoint.access === "public" ? ["invalid-request"] : ["invalid-request", "not-signed-in", "not-allowed"];
  for (const kind of new Set([...endpoint.problems, ...usual])) {
    const { status } = problemCatalogue[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  const sorted = [...byStatus].sort(([left], [right]) => left - right);
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(sorted.map(([status, kinds]) => [status, { description: kinds.sort().join(", "), content }]));
}

/** The shape on the wire: what a codec takes in, for requests and answers alike. */
function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: "input", target: "draft-2020-12", unrepresentable: "any" });
  return shape;
}
