import type { z } from "zod";
import type { ProblemKind } from "./problems/catalogue.ts";
import type { Scope } from "./scopes.ts";

/**
 * One operation of the public API: the only place where its shape is written. The server takes its handler's types from it,
 * the client calls by it, and the OpenAPI description is generated from it.
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  /** The OpenAPI operation id: `listContracts`. */
  readonly id: string;
  /** Which port answers: `api` (server) or `edge`. */
  readonly at: "api" | "edge";
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/v1/contracts/{contractId}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** `public`: nobody signed in; `user`: a signed-in person only; a scope: a person or a key that has it. */
  readonly access: "public" | "user" | Scope;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer: Answer;
  /** Media type when the answer is a file; its `answer` schema is then `z.instanceof(Uint8Array)` or a string. */
  readonly mediaType?: string;
  readonly problems: readonly ProblemKind[];
  readonly example?: { readonly body?: unknown; readonly answer?: unknown };
};

export function defineEndpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(endpoint: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return Object.freeze(endpoint);
}

export type ParamsOf<E extends Endpoint> = E extends Endpoint<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<E extends Endpoint> = E extends Endpoint<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<E extends Endpoint> = E extends Endpoint<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
/** What a handler returns: our types (bigint, Instant); the server encodes them. */
export type AnswerOf<E extends Endpoint> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;
