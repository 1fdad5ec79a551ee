import type { ApiKeyId, Language, OrgId, UserId } from "@biotop/kernel";
import type { Scope } from "@biotop/wire";

/** Who asks. access fills it; each context's `policy.ts` decides on it. */
export type Principal =
  | { readonly kind: "nobody" }
  | {
      readonly kind: "user";
      readonly user: UserId;
      /** The organisation that the person acts for in this request; absent before the first one is chosen. */
      readonly org?: OrgId;
      readonly scopes: ReadonlySet<Scope>;
      /** Whether the second factor was given within the last five minutes. */
      readonly isFresh: boolean;
    }
  | { readonly kind: "key"; readonly key: ApiKeyId; readonly org: OrgId; readonly scopes: ReadonlySet<Scope> };

/** A principal that acts for an organisation: what nearly every use-case wants. */
export type Actor = Extract<Principal, { org?: OrgId }> & { readonly org: OrgId };

export type RequestContext = {
  readonly principal: Principal;
  readonly language: Language;
  readonly requestId: string;
  /** The client's address as the trusted proxies tell it; for rate limits and evidence, never for logs. */
  readonly address: string;
  readonly userAgent: string;
};

/** access's port: reads session cookie or bearer key. */
export type ResolvePrincipal = (headers: Readonly<Record<string, string | undefined>>) => Promise<Principal>;
