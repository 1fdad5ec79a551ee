import { assert, err, type Instant, type LinkId, type OrgId, ok, type ProgrammeId, type Result } from "@biotop/kernel";
import type { SubIds } from "@biotop/tracking-protocol";

export type Link = {
  readonly id: LinkId;
  /** The short part of the tracking address; never used again for another link. */
  readonly key: string;
  readonly programme: ProgrammeId;
  readonly partner: OrgId;
  readonly merchant: OrgId;
  readonly targetUrl: string;
  readonly subIds: SubIds;
  readonly label: string;
  readonly state: "active" | "paused";
  readonly createdAt: Instant;
};

/** What tracking needs to know about a programme. */
export type ProgrammeFacts = {
  readonly id: ProgrammeId;
  readonly org: OrgId;
  readonly name: string;
  readonly homeUrl: string;
  /** Hosts that links may lead to; a host covers its subdomains. */
  readonly hosts: readonly string[];
};

export type TargetRefusal = { readonly kind: "target-not-allowed"; readonly host: string; readonly hosts: readonly string[] };

/** Whether the host of an address is one of the allowed ones or lies below one of them. */
export function isAllowedHost(host: string, hosts: readonly string[]): boolean {
  const asked = host.toLowerCase().replace(/\.$/, "");
  return hosts.some((allowed) => asked === allowed.toLowerCase() || asked.endsWith(`.${allowed.toLowerCase()}`));
}

/** The address as it is stored, when it belongs to the programme. Never an open redirect: host, scheme and user part are checked. */
export function checkTarget(address: string, programme: ProgrammeFacts): Result<string, TargetRefusal> {
  const refusal = (host: string) => err({ kind: "target-not-allowed" as const, host, hosts: programme.hosts });
  if (!URL.canParse(address)) return refusal(address.slice(0, 100));
  const url = new URL(address);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  if (!isWeb || url.username !== "" || url.password !== "" || !isAllowedHost(url.hostname, programme.hosts)) return refusal(url.hostname);
  return ok(url.href);
}

/** The last ten characters of the id: 50 random bits, short enough to be read aloud. */
export function keyOfLink(id: LinkId): string {
  const key = id.slice(-10);
  assert(/^[0-9a-z]{10}$/.test(key), "a link's key has ten characters");
  return key;
}

/** What a link is called when nobody named it: host and path, as a person would say it. */
export function defaultLabel(targetUrl: string): string {
  const { hostname, pathname } = new URL(targetUrl);
  return `${hostname}${pathname === "/" ? "" : pathname}`.slice(0, 120);
}
