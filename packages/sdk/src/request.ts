import { err, ok, type Result } from "@biotop/kernel";
import type { Endpoint, Problem } from "@biotop/wire";
import { z } from "zod";

/** What a caller gives: our types, with fields optional where the operation has a default for them, at every depth. */
type Given<Schema> =
  Schema extends z.ZodObject<infer Shape>
    ? { readonly [Key in keyof Shape as IsOptional<Shape[Key]> extends true ? never : Key]: Given<Shape[Key]> } & {
        readonly [Key in keyof Shape as IsOptional<Shape[Key]> extends true ? Key : never]?: Given<Shape[Key]> | undefined;
      }
    : Schema extends z.ZodDefault<infer Inner>
      ? Given<Inner>
      : Schema extends z.ZodOptional<infer Inner>
        ? Given<Inner>
        : Schema extends z.ZodNullable<infer Inner>
          ? Given<Inner> | null
          : Schema extends z.ZodArray<infer Inner>
            ? readonly Given<Inner>[]
            : z.output<Schema>;

type IsOptional<Schema> = undefined extends z.input<Schema> ? true : false;

type Part<Name extends string, Schema extends z.ZodType> = [z.output<Schema>] extends [undefined]
  ? { readonly [Key in Name]?: undefined }
  : Record<never, never> extends Given<Schema>
    ? { readonly [Key in Name]?: Given<Schema> }
    : { readonly [Key in Name]: Given<Schema> };

type Extras = {
  /** Makes a writing request safe to repeat: the same key with the same body answers the same. */
  readonly idempotencyKey?: string;
  /** For requests that may take long, such as moving a sandbox clock. */
  readonly timeoutMs?: number;
};

type InputOf<E extends Endpoint> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType> ? Part<"params", P> & Part<"query", Q> & Part<"body", B> & Extras : never;

/** The second argument of `call`; left out when the operation needs nothing. */
export type CallInput<E extends Endpoint> = Extras extends InputOf<E> ? [input?: InputOf<E>] : [input: InputOf<E>];

type Loose = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown };

export type EncodedRequest = { readonly path: string; readonly body: string | undefined };

/** The request as text: path with parameters and query, JSON body. What the operation would refuse anyway is refused here. */
export function encodeRequest(endpoint: Endpoint, input: Loose): Result<EncodedRequest, Problem<"invalid-request">> {
  try {
    return ok(encoded(endpoint, input));
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const errors = error.issues.map(({ path, code, message }) => ({ pointer: `/${path.join("/")}`, code, detail: message }));
    return err({ kind: "invalid-request", errors });
  }
}

function encoded(endpoint: Endpoint, input: Loose): EncodedRequest {
  const params = fields(endpoint.params, input.params);
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(textOf(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields(endpoint.query, input.query)))
    for (const each of Array.isArray(value) ? value : [value]) if (each !== null && each !== undefined) search.append(name, textOf(each));
  const query = search.size > 0 ? `?${search}` : "";
  const body = endpoint.body === undefined ? undefined : JSON.stringify(encode(endpoint.body, input.body ?? {}));
  return { path: path + query, body };
}

/** Parameters are texts, numbers and booleans on the wire. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" ? value.toString() : "";
}

function fields(schema: z.ZodType | undefined, value: unknown): Record<string, unknown> {
  if (!schema || value === undefined) return {};
  return encode(schema, value) as Record<string, unknown>;
}

/** Field by field, so that a field with a default may be left out at every depth. */
function encode(schema: z.ZodType, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return value === null ? null : encode(schema.unwrap() as z.ZodType, value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((each) => encode(schema.element as z.ZodType, each));
  if (!(schema instanceof z.ZodObject) || typeof value !== "object" || value === null) return z.encode(schema, value);
  const shape: Readonly<Record<string, z.ZodType | undefined>> = schema.shape;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const inner = shape[name];
      return [name, inner ? encodeField(inner, name, field) : field];
    }),
  );
}

/** The path of an error names the field in which it was found. */
function encodeField(schema: z.ZodType, name: string, value: unknown): unknown {
  try {
    return encode(schema, value);
  } catch (error) {
    if (error instanceof z.ZodError) throw new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] })));
    throw error;
  }
}
