import type { Result } from "@biotop/kernel";
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, Problem, QueryOf } from "@biotop/wire";
import type { RequestContext } from "./principal.ts";

export type HandlerInput<E extends Endpoint> = RequestContext & {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
};

/** File answers name their download; everything else is JSON. */
export type FileAnswer = { readonly bytes: Uint8Array | string; readonly fileName: string; readonly mediaType?: string };

export type Handler<E extends Endpoint> = (input: HandlerInput<E>) => Promise<Result<AnswerOf<E>, Problem>>;

export type Route = { readonly endpoint: Endpoint; readonly handler: (input: never) => Promise<Result<unknown, Problem>> };

/** Ties a handler to an endpoint of wire; the types of both must agree. */
export function route<E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return { endpoint, handler };
}
