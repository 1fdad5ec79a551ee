/** Keeps the cookies of one server outside a browser. */
export type CookieJar = {
  /** The value of the `Cookie` header; empty when there are none. */
  readonly header: () => string;
  /** Takes `Set-Cookie` lines. */
  readonly take: (lines: readonly string[]) => void;
};

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    take(lines) {
      for (const line of lines) {
        const match = /^([^=;\s]+)=([^;]*)/.exec(line);
        if (!match?.[1]) continue;
        const isExpired = /;\s*max-age=0\b/i.test(line) || match[2] === "";
        if (isExpired) cookies.delete(match[1]);
        else cookies.set(match[1], match[2] ?? "");
      }
    },
  };
}
