import { type ApiKeyId, err, type Language, type OrgId, ok, type Result, type UserId } from "@biotop/kernel";
import type { Problem, Scope } from "@biotop/wire";

/** Who asks. access fills it; each context's `policy.ts` decides on it. */
export type Principal =
  | {
      readonly kind: "nobody";
      /** Why a given key or session does not count; told instead of "not signed in". */
      readonly refusal?: Problem;
    }
  | {
      readonly kind: "user";
      readonly user: UserId;
      /** The organisation that the person acts for in this request; absent before the first one is chosen. */
      readonly org?: OrgId;
      readonly scopes: ReadonlySet<Scope>;
      /** Whether the second factor was given within the last five minutes. */
      readonly isFresh: boolean;
      /** Why the person may not act for the organisation that the request names. */
      readonly refusal?: Problem;
    }
  | {
      readonly kind: "key";
      readonly key: ApiKeyId;
      readonly org: OrgId;
      readonly scopes: ReadonlySet<Scope>;
      /** Who made the key; absent for keys of the command line. */
      readonly createdBy?: UserId;
    };

/** A principal that acts for an organisation: what nearly every use-case wants. */
export type Actor = Extract<Principal, { org?: OrgId }> & { readonly org: OrgId };

/** The organisation that acts in this request; refused when nobody does. */
export function actorOf(input: { readonly principal: Principal }): Result<{ readonly org: OrgId; readonly principal: Actor }, Problem> {
  const { principal } = input;
  if (principal.kind === "nobody") return err(principal.refusal ?? { kind: "not-signed-in" });
  if (principal.kind === "key") return ok({ org: principal.org, principal });
  const { org } = principal;
  if (org === undefined) return err(principal.refusal ?? { kind: "no-organisation-chosen" });
  return ok({ org, principal: { ...principal, org } });
}

export type RequestContext = {
  readonly principal: Principal;
  readonly language: Language;
  readonly requestId: string;
  /** The client's address as the trusted proxies tell it; for rate limits and evidence, never for logs. */
  readonly address: string;
  readonly userAgent: string;
  readonly headers: RequestHeaders;
  /** Adds a `Set-Cookie` line to the answer; signing in and out only. */
  readonly setCookie: (line: string) => void;
};

export type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** access's port: reads session cookie or bearer key. A writing request by cookie from a foreign page is refused here. */
export type ResolvePrincipal = (headers: RequestHeaders, method: string) => Promise<Principal>;
