import { type Currency, err, type Instant, type OrgId, ok, type ProgrammeId, type Result, type TimeZone } from "@biotop/kernel";

/** What a merchant's partners promote: a shop with its addresses, prices in one currency. */
export type Programme = {
  readonly id: ProgrammeId;
  readonly org: OrgId;
  readonly name: string;
  readonly homeUrl: string;
  /** Links lead to these hosts only; the home page's host is one of them. */
  readonly hosts: readonly string[];
  readonly currency: Currency;
  /** Days of clicks and reports follow it. */
  readonly timeZone: TimeZone;
  readonly consentPolicy: "strict" | "assumed";
  readonly state: "active" | "paused";
  readonly createdAt: Instant;
};

/** The allow-list with the home page's host in it, lower case, each once. */
export function allowedHosts(
  homeUrl: string,
  hosts: readonly string[],
): Result<readonly string[], { readonly kind: "invalid-request"; readonly pointer: string }> {
  const home = URL.parse(homeUrl);
  if (!home || (home.protocol !== "https:" && home.protocol !== "http:") || home.username !== "" || home.password !== "")
    return err({ kind: "invalid-request", pointer: "/homeUrl" });
  return ok([...new Set([home.host.toLowerCase(), ...hosts.map((host) => host.toLowerCase())])]);
}
