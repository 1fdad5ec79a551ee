import { promises as dns, type LookupAddress } from "node:dns";
import { request } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { err, ok, type Result } from "@biotop/kernel";
import { isGlobalAddress } from "./global-address.ts";

/** Why a request to the outside did not happen or gave nothing. */
export type EgressProblem =
  | { readonly kind: "url-not-allowed"; readonly url: string }
  | { readonly kind: "address-not-global"; readonly host: string }
  | { readonly kind: "host-not-found"; readonly host: string }
  | { readonly kind: "answer-too-large"; readonly bytesMax: number }
  | { readonly kind: "redirect-refused"; readonly status: number }
  | { readonly kind: "bad-status"; readonly status: number }
  | { readonly kind: "no-answer"; readonly detail: string };

export type EgressRequest = {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bytesMax?: number;
};
export type EgressAnswer = { readonly status: number; readonly body: Buffer; readonly contentType: string };

/** The one door to foreign networks. */
export type Egress = (request: EgressRequest) => Promise<Result<EgressAnswer, EgressProblem>>;

const timeoutMs = 10_000;
const bytesMaxDefault = 5_000_000;

/**
 * A client that speaks only https, only to public addresses, and follows no redirect. The name is resolved once, every address
 * is judged, and the connection goes to the judged one: a name that changes its answer meanwhile gains nothing.
 */
export function createEgress(resolve: (host: string) => Promise<readonly LookupAddress[]> = resolveAll): Egress {
  return async (wanted) => {
    const url = parseUrl(wanted.url);
    if (!url) return err({ kind: "url-not-allowed", url: wanted.url.slice(0, 200) });
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host).catch(() => []);
    const address = addresses[0];
    if (!address) return err({ kind: "host-not-found", host });
    if (!addresses.every((each) => isGlobalAddress(each.address))) return err({ kind: "address-not-global", host });
    return send(url, wanted, address);
  };
}

function parseUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url : undefined;
}

function resolveAll(host: string): Promise<readonly LookupAddress[]> {
  return dns.lookup(host, { all: true, verbatim: true });
}

function send(url: URL, wanted: EgressRequest, pinned: LookupAddress): Promise<Result<EgressAnswer, EgressProblem>> {
  const bytesMax = wanted.bytesMax ?? bytesMaxDefault;
  const lookup: LookupFunction = (_host, options, done) => {
    if (options.all) done(null, [pinned]);
    else done(null, pinned.address, pinned.family);
  };
  return new Promise((resolve) => {
    const refuse = (problem: EgressProblem): void => resolve(err(problem));
    const outgoing = request(
      url,
      { method: wanted.method ?? "GET", headers: { ...wanted.headers }, lookup, agent: false, signal: AbortSignal.timeout(timeoutMs) },
      (answer) => {
        const status = answer.statusCode ?? 0;
        const parts: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (part: Buffer) => {
          bytes += part.length;
          parts.push(part);
          if (bytes <= bytesMax) return;
          refuse({ kind: "answer-too-large", bytesMax });
          outgoing.destroy();
        });
        answer.on("error", (error) => refuse({ kind: "no-answer", detail: error.message }));
        answer.on("end", () => {
          if (status >= 300 && status < 400) return refuse({ kind: "redirect-refused", status });
          if (status < 200 || status >= 300) return refuse({ kind: "bad-status", status });
          resolve(ok({ status, body: Buffer.concat(parts), contentType: answer.headers["content-type"] ?? "" }));
        });
      },
    );
    outgoing.on("error", (error) => refuse({ kind: "no-answer", detail: error.message }));
    outgoing.end(wanted.body);
  });
}
