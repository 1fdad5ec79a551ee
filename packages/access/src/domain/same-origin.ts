/**
 * Whether a writing request by cookie comes from our own page. Browsers say so themselves in `Sec-Fetch-Site`; without it the
 * page's `Origin` must be the public address or the host that was asked. Clients that are no browsers send neither.
 */
export function isFromOwnPage(headers: Readonly<Record<string, string | undefined>>, publicOrigin: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  const { origin } = headers;
  if (origin === undefined) return true;
  return origin === publicOrigin || (headers["host"] !== undefined && hostIn(origin) === headers["host"]);
}

function hostIn(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}

const unsafeMethods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export function isUnsafe(method: string): boolean {
  return unsafeMethods.has(method);
}
