import type { ClickRecord, CountRecord } from "@biotop/tracking-protocol";
import { createSigner, isClickIdOf } from "@biotop/tracking-protocol";
import { afterEach, describe, expect, test } from "vitest";
import { browser, type EdgeUnderTest, everythingOnDisk, openEdge, publish, sampleTable } from "./edge-fixture.ts";

let open: EdgeUnderTest[] = [];
afterEach(async () => {
  for (const edge of open) await edge.close();
  open = [];
});
async function start(options: Parameters<typeof openEdge>[0] = {}): Promise<EdgeUnderTest> {
  const edge = await openEdge(options);
  open.push(edge);
  return edge;
}

const idIn = (location: string | undefined) => /bk=([0-9a-z]{34})/.exec(location ?? "")?.[1];
const signers = sampleTable().clickKeys.map(createSigner);

describe("a click with consent", () => {
  test("is on the disk when the redirect arrives, with everything that it said", async () => {
    const edge = await start();
    const answer = await edge.get("/c/spring?cons=1&sub1=news%20letter&clickref2=b+c&xid=p-77&epi=ignored", {
      referer: "https://Blog.example/post?secret=1",
    });
    const id = idIn(answer.headers.location);
    expect(answer.headers.location).toBe(`https://shop.example/spring?x=1&bk=${id}#top`);
    expect(answer.headers["cache-control"]).toBe("no-store, private");
    const [record] = (await edge.records()) as ClickRecord[];
    expect(record).toMatchObject({
      kind: "click",
      id,
      link: "lnk_spring",
      programme: "prg_shop",
      partner: "org_blog",
      merchant: "org_shop",
      target: "https://shop.example/spring?x=1#top",
      subIds: { sub1: "news letter", sub2: "b c" },
      partnerClickId: "p-77",
      consent: "granted",
      isBot: false,
      referrerOrigin: "https://blog.example",
      deviceClass: "desktop",
    });
    expect(isClickIdOf(signers, id ?? "", "prg_shop")).toBe(true);
    expect(everythingOnDisk(edge.dataDir)).not.toContain("secret=1");
  });

  test("carries the link's own sub-ids unless the click says otherwise", async () => {
    const edge = await start();
    await edge.get("/c/marked?cons=1");
    await edge.get("/c/marked?cons=1&subid=c&sub10=d");
    expect((await edge.records()).map((record) => (record as ClickRecord).subIds)).toEqual([
      { sub1: "a", sub2: "b" },
      { sub1: "c", sub2: "b", sub10: "d" },
    ]);
  });

  test("sets a first-party cookie that remembers the journey; a tampered one is ignored", async () => {
    const edge = await start();
    const first = await edge.get("/c/spring?cons=1");
    const [cookie = ""] = first.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^bk=1\.[0-9a-z._-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    const value = cookie.split(";")[0] ?? "";
    await edge.get("/c/spring?cons=1", { cookie: `other=1; ${value}` });
    await edge.get("/c/spring?cons=1", { cookie: `${value}x` });
    const visitors = (await edge.records()).map((record) => (record as ClickRecord).visitor);
    expect(visitors[1]).toBe(visitors[0]);
    expect(visitors[2]).not.toBe(visitors[0]);
    expect(edge.edge.counters.cookies_refused).toBe(1);
  });

  test("over HTTPS the cookie is bound to the host", async () => {
    const edge = await start({ publicUrl: "https://go.shop.example" });
    const answer = await edge.get("/c/spring?cons=1");
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/^__Host-bk=.*; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/);
  });

  test("follows the business time of a manual clock and keeps the machine's beside it", async () => {
    const edge = await start({ table: sampleTable({ clock: { mode: "manual", at: "2010-12-01T08:26:00.000Z" as never } }) });
    await edge.get("/c/spring?cons=1");
    const [record] = (await edge.records()) as ClickRecord[];
    expect(record?.at).toBe("2010-12-01T08:26:00.000Z");
    expect((record?.receivedAt ?? "") > "2026-01-01").toBe(true);
  });

  test("by a bot is recorded as a bot's and sets no cookie", async () => {
    const edge = await start();
    const answer = await edge.get("/c/spring?cons=1", {
      "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    });
    expect(answer.status).toBe(302);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(await edge.records()).toMatchObject([{ kind: "click", isBot: true, botClass: "search" }]);
  });
});

describe("a click without consent", () => {
  test.each([
    ["no signal", "/c/spring?sub1=PLANTED", {}, "no-consent"],
    ["a refusal", "/c/spring?cons=0&sub1=PLANTED", {}, "denied"],
    ["Global Privacy Control against an approval", "/c/spring?cons=1&sub1=PLANTED", { "sec-gpc": "1" }, "gpc"],
    ["Global Privacy Control under the assumed policy", "/c/easy?xid=PLANTED", { "sec-gpc": "1" }, "gpc"],
    ["a refusal under the assumed policy", "/c/easy?cons=0&xid=PLANTED", {}, "denied"],
  ])("%s: the redirect works, without cookie and id, and nothing personal is written", async (_name, path, headers, reason) => {
    const edge = await start();
    const answer = await edge.get(path, {
      ...headers,
      "user-agent": `${browser} PLANTED`,
      referer: "https://planted-referrer.example/",
      cookie: "bk=PLANTED",
      "x-forwarded-for": "203.0.113.77",
    });
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toMatch(/^https:\/\/shop\.example\/(spring\?x=1#top|easy)$/);
    expect(answer.headers["set-cookie"]).toBeUndefined();
    const [record, ...more] = (await edge.records()) as CountRecord[];
    expect(more).toEqual([]);
    expect(Object.keys(record ?? {}).sort()).toEqual(["at", "kind", "link", "merchant", "partner", "programme", "reason", "receivedAt"]);
    expect(record?.reason).toBe(reason);
    for (const planted of ["PLANTED", "planted-referrer", "203.0.113.77", "127.0.0.1", "Firefox"]) {
      expect(everythingOnDisk(edge.dataDir)).not.toContain(planted);
    }
  });

  test("under the assumed policy silence is consent", async () => {
    const edge = await start();
    expect(idIn((await edge.get("/c/easy")).headers.location)).toBeDefined();
  });

  test("a foreign click id in the target is taken out", async () => {
    const edge = await start();
    const answer = await edge.get(`/c/spring?to=${encodeURIComponent("https://shop.example/?bk=01old&a=1")}`);
    expect(answer.headers.location).toBe("https://shop.example/?a=1");
  });

  test("a bot's is counted as a bot's", async () => {
    const edge = await start();
    await edge.get("/c/spring", { "user-agent": "curl/8.5.0" });
    expect(await edge.records()).toMatchObject([{ kind: "count", reason: "bot" }]);
  });
});

describe("what is no shopper's click", () => {
  test.each([
    { "sec-purpose": "prefetch" },
    { "sec-purpose": "prefetch;prerender" },
    { "sec-purpose": "prefetch;anonymous-client-ip" },
    { purpose: "prefetch" },
    { "x-purpose": "preview" },
    { "x-moz": "prefetch" },
  ])("a prefetch (%o) never counts, the navigation after it counts once", async (headers) => {
    const edge = await start();
    const prefetch = await edge.get("/c/spring?cons=1", headers as unknown as Record<string, string>);
    expect(idIn(prefetch.headers.location)).toBeUndefined();
    expect(prefetch.headers["set-cookie"]).toBeUndefined();
    await edge.get("/c/spring?cons=1");
    expect((await edge.records()).map((record) => (record.kind === "count" ? record.reason : record.kind))).toEqual(["prefetch", "click"]);
  });

  test("only a navigation of a document gets an id", async () => {
    const edge = await start();
    for (const destination of ["iframe", "frame", "image", "script", "empty", "object", "embed"]) {
      const answer = await edge.get("/c/spring?cons=1", { "sec-fetch-dest": destination, "sec-fetch-mode": "no-cors" });
      expect(answer.status).toBe(302);
      expect(idIn(answer.headers.location), destination).toBeUndefined();
    }
    const real = await edge.get("/c/spring?cons=1", {
      "sec-fetch-dest": "document",
      "sec-fetch-mode": "navigate",
      "sec-fetch-site": "cross-site",
    });
    expect(idIn(real.headers.location)).toBeDefined();
    expect(edge.edge.counters.dropped_not_a_navigation).toBe(7);
  });

  test("HEAD answers the address and leaves no trace", async () => {
    const edge = await start();
    const answer = await edge.get("/c/spring?cons=1", {}, "HEAD");
    expect(answer).toMatchObject({ status: 302, text: "", headers: { location: "https://shop.example/spring?x=1#top" } });
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect((await edge.get("/c/unknown", {}, "HEAD")).status).toBe(404);
    expect(await edge.records()).toEqual([]);
  });
});

describe("links that lead nowhere", () => {
  test("an unknown link is a friendly page in the reader's language", async () => {
    const edge = await start();
    const german = await edge.get("/c/nothing", { "accept-language": "de-AT,de;q=0.9" });
    expect(german).toMatchObject({ status: 404, headers: { "content-language": "de" } });
    expect(german.text).toContain("Diesen Link gibt es nicht mehr");
    expect((await edge.get("/c/", { "accept-language": "fr" })).text).toContain("This link does not exist any more");
    expect((await edge.get("/c/__proto__?cons=1")).status).toBe(404);
    expect(edge.edge.counters.dropped_unknown_link).toBe(3);
  });

  test("a paused link and a key that names a programme lead to its home page and are counted", async () => {
    const edge = await start();
    expect((await edge.get("/c/paused?cons=1")).headers.location).toBe("https://shop.example/");
    expect((await edge.get("/c/prg_shop.gone?cons=1")).headers.location).toBe("https://shop.example/");
    expect((await edge.get("/c/prg_unknown?cons=1")).status).toBe(404);
    expect(await edge.records()).toMatchObject([
      { kind: "count", reason: "paused-link", link: "lnk_paused" },
      { kind: "count", reason: "unknown-link", programme: "prg_shop", merchant: "org_shop" },
    ]);
  });
});

describe("the route table", () => {
  test("a new link answers within two seconds without a word to the edge", async () => {
    const edge = await start();
    const before = sampleTable();
    const [link] = before.links;
    if (!link) throw new Error("the sample has links");
    publish(edge.dataDir, sampleTable({ version: 2, links: [...before.links, { ...link, key: "fresh", id: "lnk_fresh" }] }));
    const started = performance.now();
    let status = 404;
    while (status !== 302 && performance.now() - started < 2000) ({ status } = await edge.get("/c/fresh"));
    expect(status).toBe(302);
  });

  test("torn, foreign and empty content leaves the last good table in force", async () => {
    const edge = await start();
    const { writeFileSync } = await import("node:fs");
    for (const content of ["", "{", JSON.stringify(sampleTable()).slice(0, 300), "[]", '{"version":9}']) {
      writeFileSync(`${edge.dataDir}/route-table/current.json`, content);
      await edge.edge.refreshTable();
      expect((await edge.get("/c/spring?cons=1")).status).toBe(302);
    }
    expect(edge.edge.counters.route_tables_refused).toBeGreaterThanOrEqual(5);
    publish(edge.dataDir, sampleTable({ version: 10, links: [] }));
    await edge.edge.refreshTable();
    expect((await edge.get("/c/spring")).status).toBe(404);
  });

  test("without any table nothing is guessed: 503, and not ready", async () => {
    const edge = await start({ table: undefined });
    expect((await edge.get("/c/spring")).status).toBe(503);
    expect((await edge.get("/readyz")).status).toBe(503);
    expect((await edge.get("/healthz")).status).toBe(200);
    publish(edge.dataDir, sampleTable());
    await edge.edge.refreshTable();
    expect(JSON.parse((await edge.get("/readyz")).text)).toEqual({ ready: true, routeTableVersion: 1, storing: true });
  });
});

describe("metrics", () => {
  test("every counter is a Prometheus series of the worker's slot", async () => {
    const edge = await start();
    await edge.get("/c/spring?cons=1");
    const { text } = await edge.get("/metrics");
    expect(text).toContain('biotop_edge_clicks_recorded_total{worker="w1"} 1');
    expect(text).toContain('biotop_edge_storing{worker="w1"} 1');
    for (const line of text.split("\n")) expect(line).toMatch(/^(# (TYPE|HELP) .*|(biotop_edge|process)_\w+\{[^}]*\} [\d.e+-]+|)$/);
  });
});
