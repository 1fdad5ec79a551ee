import type { Instant, ProgrammeId } from "@biotop/kernel";
import {
  createSigner,
  plainCookieName,
  type RouteKey,
  type RouteLink,
  type RouteProgramme,
  type RouteTable,
  type Signer,
  type SubIds,
  secureCookieName,
} from "@biotop/tracking-protocol";
import { type AllowedHosts, allowedHosts, allowedTarget } from "./allowed-target.ts";
import { type Landing, landingOf } from "./landing.ts";

/** A route table made ready for the hot path: everything that does not depend on the click is computed once. */
export type CompiledTable = {
  readonly version: number;
  /** Business time where it is set by hand; `undefined` = the machine's. */
  readonly manualAt: Instant | undefined;
  readonly signers: readonly Signer[];
  readonly signer: Signer;
  /** The link of a key, made ready at its first click: a table of many links is in force at once. */
  readonly linkOf: (key: string) => CompiledLink | undefined;
  readonly programmes: ReadonlyMap<ProgrammeId, CompiledProgramme>;
  readonly keys: ReadonlyMap<string, RouteKey>;
  readonly cookie: { readonly name: string; readonly attributes: string };
};

export type CompiledProgramme = {
  readonly source: RouteProgramme;
  readonly allowed: AllowedHosts;
  readonly home: CompiledTarget;
};

export type CompiledTarget = { readonly url: string; readonly landing: Landing; readonly json: string };

export type CompiledLink = {
  readonly source: RouteLink;
  readonly programme: CompiledProgramme;
  readonly target: CompiledTarget;
  /** The link's own target is no longer among the programme's hosts. */
  readonly isTargetRefused: boolean;
  readonly subIds: SubIds;
  readonly subIdsJson: string;
  /** `"link":…,"programme":…,"partner":…,"merchant":…` of a record. */
  readonly json: string;
};

export function compileTable(table: RouteTable, edge: { readonly isSecure: boolean }): CompiledTable {
  const signers = table.clickKeys.map(createSigner);
  const [signer] = signers;
  if (!signer) throw new Error("a parsed route table has a key that signs");
  const programmes = new Map(table.programmes.map((programme) => [programme.id, compileProgramme(programme)]));
  const cookieDays = table.programmes.reduce((days, programme) => Math.max(days, programme.cookieDays), 0);
  return {
    version: table.version,
    manualAt: table.clock.mode === "manual" ? table.clock.at : undefined,
    signers,
    signer,
    linkOf: lazyLinks(table.links, programmes),
    programmes,
    keys: new Map(table.keys.map((key) => [key.keyId, key])),
    cookie: {
      name: edge.isSecure ? secureCookieName : plainCookieName,
      attributes: `; Path=/; Max-Age=${cookieDays * 86_400}; HttpOnly; SameSite=Lax${edge.isSecure ? "; Secure" : ""}`,
    },
  };
}

function lazyLinks(
  links: readonly RouteLink[],
  programmes: ReadonlyMap<ProgrammeId, CompiledProgramme>,
): (key: string) => CompiledLink | undefined {
  const sources = new Map(links.map((link) => [link.key, link]));
  const ready = new Map<string, CompiledLink>();
  return (key) => {
    const known = ready.get(key);
    if (known) return known;
    const source = sources.get(key);
    const programme = source && programmes.get(source.programme);
    if (!programme) return undefined;
    const link = compileLink(source, programme);
    ready.set(key, link);
    return link;
  };
}

function compileProgramme(source: RouteProgramme): CompiledProgramme {
  const allowed = allowedHosts(source);
  const home = allowedTarget(allowed, source.homeUrl) ?? allowed.home.href;
  return { source, allowed, home: compileTarget(home, source.clickParameter) };
}

function compileLink(source: RouteLink, programme: CompiledProgramme): CompiledLink {
  const url = allowedTarget(programme.allowed, source.target);
  const subIds = source.subIds ?? {};
  const { id, merchant } = programme.source;
  const parties = JSON.stringify({ link: source.id, programme: id, partner: source.partner, merchant });
  return {
    source,
    programme,
    target: url === undefined ? programme.home : compileTarget(url, programme.source.clickParameter),
    isTargetRefused: url === undefined,
    subIds,
    subIdsJson: JSON.stringify(subIds),
    json: parties.slice(1, -1),
  };
}

export function compileTarget(url: string, clickParameter: string): CompiledTarget {
  const landing = landingOf(url, clickParameter);
  return { url, landing, json: JSON.stringify(landing.untracked) };
}
