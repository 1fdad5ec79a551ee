import type { Endpoint } from "@biotop/wire";
import { z } from "zod";
import { currentLanguage } from "../i18n/i18n.ts";
import { actingOrganisation } from "./acting-organisation.ts";
import { requestFreshFactor } from "./fresh-factor.ts";
import { ApiProblem, type ProblemBody } from "./problem.ts";

type InputOf<Schema> = Schema extends z.ZodUndefined ? undefined : Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a call needs, as it travels: money and ppm are texts, times RFC 3339. */
export type CallInput<E extends Endpoint> = {
  readonly params?: InputOf<E["params"]>;
  readonly query?: InputOf<E["query"]>;
  readonly body?: InputOf<E["body"]>;
};

export type Answer<E extends Endpoint> = z.output<E["answer"]>;

/** Calls one operation of the API; a refusal is thrown as `ApiProblem`. Asks for the second factor and repeats when the API wants it fresh. */
export async function call<E extends Endpoint>(endpoint: E, input: CallInput<E> = {}): Promise<Answer<E>> {
  const idempotencyKey = endpoint.method === "GET" ? undefined : crypto.randomUUID();
  try {
    return await send(endpoint, input, idempotencyKey);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.kind !== "fresh-sign-in-needed") throw error;
    const confirmed = await requestFreshFactor();
    if (!confirmed) throw error;
    return await send(endpoint, input, idempotencyKey);
  }
}

async function send<E extends Endpoint>(endpoint: E, input: CallInput<E>, idempotencyKey: string | undefined): Promise<Answer<E>> {
  const response = await request(endpoint, input, idempotencyKey);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as Answer<E>;
  return z.decode(endpoint.answer, await response.json()) as Answer<E>;
}

/** Parameters are texts, numbers and booleans on the wire. */
function wireText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" ? value.toString() : "";
}

/** A file of the API as a download: the browser gets the bytes under the name that the server gave. */
export async function download<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<void> {
  const response = await request(endpoint, input, undefined);
  if (!response.ok) throw await problemOf(response);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "download";
  saveFile(await response.blob(), name);
}

export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}

async function request<E extends Endpoint>(endpoint: E, input: CallInput<E>, idempotencyKey: string | undefined): Promise<Response> {
  const organisation = actingOrganisation();
  const headers = new Headers({ "accept-language": currentLanguage() });
  if (organisation) headers.set("biotop-organisation", organisation);
  if (idempotencyKey) headers.set("idempotency-key", idempotencyKey);
  if (input.body !== undefined) headers.set("content-type", "application/json");
  const body = input.body === undefined ? null : JSON.stringify(input.body, integersAsText);
  try {
    return await fetch(addressOf(endpoint, input), { method: endpoint.method, headers, body, credentials: "same-origin" });
  } catch (error) {
    throw ApiProblem.unreachable(error);
  }
}

function integersAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function addressOf<E extends Endpoint>(endpoint: E, input: CallInput<E>): string {
  const params: Readonly<Record<string, unknown>> = input.params ?? {};
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(wireText(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Readonly<Record<string, unknown>>)) {
    if (value === undefined || value === null || value === "") continue;
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, wireText(each));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as ProblemBody;
    if (typeof body.kind === "string") return new ApiProblem(body);
  } catch {
    // An answer that is no problem document comes from a proxy in between; it is named as such below.
  }
  return ApiProblem.unexpected(response.status);
}
