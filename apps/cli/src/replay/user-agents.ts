import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { UserAgents } from "@biotop/ecosystem-generator";

const builtIn: UserAgents = {
  people: [
    "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:27.0) Gecko/20100101 Firefox/27.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/32.0.1700.77 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 6_0 like Mac OS X) AppleWebKit/536.26 (KHTML, like Gecko) Version/6.0 Mobile/10A5376e Safari/8536.25",
  ],
  bots: [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "UniversalFeedParser/4.2-pre-314-svn +http://feedparser.org/",
  ],
  source: "built-in list",
};

/** Reads the user agents of a web server's combined log (plain or gzipped); without a file a short built-in list serves. */
export async function readUserAgents(path: string | undefined): Promise<UserAgents> {
  if (path === undefined) return builtIn;
  const raw = await readFile(path);
  const text = (path.endsWith(".gz") ? gunzipSync(raw) : raw).toString("latin1");
  const all = new Set<string>();
  for (const line of text.split("\n")) {
    const agent = /"([^"]*)"\s*$/.exec(line)?.[1];
    if (agent && agent !== "-") all.add(agent);
  }
  const bots = [...all].filter(isDeclaredBot);
  const people = [...all].filter((agent) => !isDeclaredBot(agent) && agent.startsWith("Mozilla/"));
  if (people.length === 0 || bots.length === 0) throw new Error(`${path}: no user agents found; expected a combined access log`);
  return { people, bots, source: path };
}

function isDeclaredBot(agent: string): boolean {
  return /bot|crawl|spider|slurp|feed|fetch|http:\/\/|https:\/\/|curl|wget|python|java\/|ruby|perl|monitor|preview|favicon|proxy|\(via |@|compatible;\)/i.test(
    agent,
  );
}
