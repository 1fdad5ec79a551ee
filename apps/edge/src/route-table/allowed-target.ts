import type { RouteProgramme } from "@biotop/tracking-protocol";

/** The hosts that a programme allows, in the notation that the address parser uses. */
export type AllowedHosts = {
  readonly home: URL;
  readonly hosts: readonly { readonly name: string; readonly port: string | undefined; readonly isAddress: boolean }[];
};

export function allowedHosts(programme: Pick<RouteProgramme, "homeUrl" | "hosts">): AllowedHosts {
  const home = new URL(programme.homeUrl);
  const entries = [...new Set([home.host, ...programme.hosts])];
  const hosts = entries.flatMap((entry) => {
    const parsed = URL.parse(`https://${entry}`);
    // Names that the parser changes into something else (a path, a user) are no hosts and allow nothing.
    if (parsed?.pathname !== "/" || parsed.username !== "" || parsed.search !== "" || parsed.hash !== "") return [];
    const isAddress = /^\[|^[\d.]+$/.test(parsed.hostname);
    return [{ name: parsed.hostname, port: /:\d+$/.test(entry) ? parsed.port : undefined, isAddress }];
  });
  return { home, hosts };
}

/** At most what a browser and our own header limit take. */
const targetCharactersMax = 4096;

/**
 * The address to redirect to, or `undefined` when it may not be: only absolute web addresses on the programme's hosts. The text is
 * returned as it was given (byte for byte); where it has characters that no header carries, as the parser writes it.
 */
export function allowedTarget(allowed: AllowedHosts, text: string): string | undefined {
  if (text.length > targetCharactersMax) return undefined;
  // What a lenient browser would read differently from a strict reader: control characters, backslashes, missing slashes.
  if (/[\s\\]|\p{Cc}/u.test(text) || !/^https?:\/\/[^/]/i.test(text)) return undefined;
  const parsed = URL.parse(text);
  if (parsed?.username !== "" || parsed.password !== "" || hasUserMark(text)) return undefined;
  if (parsed.protocol !== "https:" && parsed.protocol !== allowed.home.protocol) return undefined;
  if (!isAllowedHost(allowed, parsed)) return undefined;
  return /^[\u0021-\u007e]*$/.test(text) ? text : parsed.href;
}

/** An empty user (`https://@shop.example`) leaves no trace in the parsed address, but nobody writes it in good faith. */
function hasUserMark(text: string): boolean {
  const authority = text.slice(text.indexOf("//") + 2).split(/[/?#]/, 1)[0] ?? "";
  return authority.includes("@");
}

function isAllowedHost(allowed: AllowedHosts, target: URL): boolean {
  return allowed.hosts.some(({ name, port, isAddress }) => {
    const isSame = target.hostname === name;
    if (!isSame && (isAddress || !isBelow(target.hostname, name))) return false;
    if (port !== undefined) return target.port === port;
    return target.port === "" || (isSame && name === allowed.home.hostname && target.port === allowed.home.port);
  });
}

function isBelow(hostname: string, name: string): boolean {
  return hostname.endsWith(`.${name}`) && /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(hostname);
}
