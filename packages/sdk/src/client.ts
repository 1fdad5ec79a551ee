import { err, type OrgId, ok, type Result } from "@biotop/kernel";
import type { AnswerOf, Endpoint, Problem } from "@biotop/wire";
import { decodeAnswer } from "./answer.ts";
import type { CookieJar } from "./cookie-jar.ts";
import { type CallInput, encodeRequest } from "./request.ts";

export type { CallInput } from "./request.ts";

/** Who asks: an API key, the browser's own session cookie, or (outside a browser) a jar that keeps it. */
export type Credentials =
  | { readonly kind: "nobody" }
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "browser" }
  | { readonly kind: "jar"; readonly jar: CookieJar };

export type ClientOptions = {
  /** `https://partners.example`; empty in the browser, on the same origin. */
  readonly baseUrl: string;
  /** The address of tracking links: clicks and reported conversions go there. */
  readonly edgeUrl?: string;
  readonly credentials?: Credentials;
  /** For whom a signed-in person acts. */
  readonly organisation?: OrgId;
  readonly language?: "de" | "en";
  readonly fetch?: typeof fetch;
  /** How often a safe request, or one with an Idempotency-Key, is sent again; 0 to 10. */
  readonly retriesMax?: number;
  readonly timeoutMsMax?: number;
};

export type Client = {
  /** Calls one operation; refusals and unreachable servers are values. */
  readonly call: <E extends Endpoint>(endpoint: E, ...input: CallInput<E>) => Promise<Result<AnswerOf<E>, Problem>>;
  /** The same credentials, acting for another organisation. */
  readonly actingFor: (organisation: OrgId) => Client;
};

const retriesDefault = 3;
const timeoutMsDefault = 30_000;
const waitMsMax = 5_000;

export function createClient(options: ClientOptions): Client {
  return {
    actingFor: (organisation) => createClient({ ...options, organisation }),
    async call<E extends Endpoint>(endpoint: E, ...[input]: CallInput<E>) {
      const given = (input ?? {}) as GivenInput;
      const base = endpoint.at === "edge" ? options.edgeUrl : options.baseUrl;
      if (base === undefined) return err({ kind: "unavailable", detail: "This client knows no edge address." });

      const request = encodeRequest(endpoint, given);
      if (!request.ok) return request;
      const encoded = request.value;
      const headers = headersOf(options, given, encoded.body !== undefined);
      const isRepeatable = endpoint.method === "GET" || given.idempotencyKey !== undefined;
      const attempts = isRepeatable ? Math.min(options.retriesMax ?? retriesDefault, 10) : 0;
      const url = `${base.replace(/\/$/, "")}${encoded.path}`;
      const init = { method: endpoint.method, headers, ...(encoded.body === undefined ? {} : { body: encoded.body }) };
      const sent = await send(options, url, init, attempts, given.timeoutMs ?? options.timeoutMsMax ?? timeoutMsDefault);
      return sent.ok ? decodeAnswer(endpoint, sent.value) : sent;
    },
  };
}

type GivenInput = {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly timeoutMs?: number;
};

function headersOf(options: ClientOptions, given: GivenInput, hasBody: boolean): Record<string, string> {
  const credentials = options.credentials ?? { kind: "nobody" };
  return {
    accept: "application/json",
    ...(hasBody ? { "content-type": "application/json" } : {}),
    ...(options.language ? { "accept-language": options.language } : {}),
    ...(options.organisation && credentials.kind !== "key" ? { "biotop-organisation": options.organisation } : {}),
    ...(given.idempotencyKey ? { "idempotency-key": given.idempotencyKey } : {}),
    ...(credentials.kind === "key" ? { authorization: `Bearer ${credentials.key}` } : {}),
  };
}

async function send(
  options: ClientOptions,
  url: string,
  init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
  retries: number,
  timeoutMs: number,
): Promise<Result<Response, Problem>> {
  const { credentials } = options;
  const request = options.fetch ?? fetch;
  for (let attempt = 0; ; attempt += 1) {
    const cookie = credentials?.kind === "jar" ? credentials.jar.header() : "";
    const response = await request(url, {
      ...init,
      headers: cookie ? { ...init.headers, cookie } : init.headers,
      credentials: credentials?.kind === "browser" ? "same-origin" : "omit",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(response instanceof Error) && credentials?.kind === "jar") credentials.jar.take(response.headers.getSetCookie());

    const waitMs = waitBefore(response, attempt);
    if (waitMs === undefined && !(response instanceof Error)) return ok(response);
    if (attempt >= retries || waitMs === undefined)
      return response instanceof Error ? err({ kind: "unavailable", detail: `No answer from ${url}: ${response.message}` }) : ok(response);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** How long to wait before the next attempt; `undefined` when the answer is final. */
function waitBefore(response: Response | Error, attempt: number): number | undefined {
  const backoffMs = Math.min(waitMsMax, 200 * 2 ** attempt);
  if (response instanceof Error) return backoffMs;
  if (![429, 502, 503, 504].includes(response.status)) return undefined;
  const wantedMs = Number(response.headers.get("retry-after") ?? "0") * 1000;
  return Number.isFinite(wantedMs) && wantedMs > backoffMs ? Math.min(wantedMs, waitMsMax) : backoffMs;
}
