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

/**
 * Whether an address's host is one of the allowed ones or lies below one of them. An entry with a port allows that port only, one without
 * the scheme's own port; the edge judges in the same way.
 */
export function isAllowedHost(address: URL, programme: Pick<ProgrammeFacts, "homeUrl" | "hosts">): boolean {
  const home = new URL(programme.homeUrl);
  return [home.host, ...programme.hosts].some((entry) => {
    const allowed = URL.parse(`https://${entry}`);
    if (allowed?.username !== "" || allowed.pathname !== "/") return false;
    const isBelow = address.hostname.endsWith(`.${allowed.hostname}`) && !/^\[|^[\d.]+$/.test(allowed.hostname);
    if (address.hostname !== allowed.hostname && !isBelow) return false;
    return /:\d+$/.test(entry) ? address.port === allowed.port : address.port === "";
  });
}

/** The address as it is stored, when it belongs to the programme. Never an open redirect: scheme, user part, host and port are checked. */
export function checkTarget(address: string, programme: ProgrammeFacts): Result<string, TargetRefusal> {
  const url = URL.parse(address);
  const isWeb = url !== null && (url.protocol === "https:" || url.protocol === new URL(programme.homeUrl).protocol);
  if (isWeb && url.username === "" && url.password === "" && isAllowedHost(url, programme)) return ok(url.href);
  return err({ kind: "target-not-allowed", host: url?.hostname ?? address.slice(0, 100), hosts: programme.hosts });
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
