import type { IncomingMessage, ServerResponse } from "node:http";
import { type FieldError, type Problem, problemCatalogue } from "@biotop/wire";
import type { z } from "zod";
import { languageOf } from "./pages.ts";

/** Answers a refusal as RFC 9457 `application/problem+json`. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const { kind, ...facts } = problem;
  const type = problemCatalogue[kind];
  const body = JSON.stringify({
    type: `/problems/${kind}`,
    kind,
    title: type.title[languageOf(request)],
    status: type.status,
    ...facts,
  });
  const headers: Record<string, string | number> = {
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
  };
  if (type.status === 503) headers["Retry-After"] = "2";
  if (type.status === 401) headers["WWW-Authenticate"] = 'Bearer realm="biotop"';
  if (type.status === 413) headers["Connection"] = "close";
  response.writeHead(type.status, headers);
  response.end(body);
}

/** Every issue of a schema, with JSON pointers below `prefix`. */
export function fieldErrors(error: z.ZodError, prefix: string): readonly FieldError[] {
  return error.issues.map((issue) => ({
    pointer: prefix + issue.path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    code: issue.code,
    detail: issue.message,
  }));
}
