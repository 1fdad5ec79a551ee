import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EdgeUnderTest, openEdge } from "./edge-fixture.ts";

let edge: EdgeUnderTest;
beforeAll(async () => {
  edge = await openEdge();
});
afterAll(() => edge.close());

const clickTo = (to: string) => edge.get(`/c/spring?cons=1&to=${encodeURIComponent(to)}`);
const clickId = /bk=([0-9a-z]{34})/;

/** Addresses as shops really write them, in all combinations of these parts. */
function* generatedTargets(): Generator<string> {
  const hosts = ["https://shop.example", "https://www.shop.example", "https://SHOP.example:443", "https://xn--mller-kva.example"];
  const paths = ["", "/", "/a/b.html", "/%C3%BC/%2F..%2f", "/a;b=1/'x'(1)!*", "/~user/@me:x,y$"];
  const queries = [
    "",
    "?",
    "?a=1",
    "?a=1&a=2&a=",
    "?q=a+b%20c&e=&f",
    "?u=https%3A%2F%2Fx.example%2F%3Fa%3Db%26c",
    "?a=%zz&%41=1&=2&&",
    "?x=1;y=2&z[]=3",
  ];
  const fragments = ["", "#", "#top", "#/route?bk=no&x=%20", "#a+b%2B"];
  for (const host of hosts)
    for (const path of paths) for (const query of queries) for (const fragment of fragments) yield host + path + query + fragment;
}

describe("deep links", () => {
  test("every generated address keeps its bytes; only our parameter is added before the fragment", async () => {
    const targets = [...generatedTargets()];
    expect(targets.length).toBeGreaterThanOrEqual(200);
    for (let start = 0; start < targets.length; start += 50) {
      const batch = targets.slice(start, start + 50);
      const answers = await Promise.all(batch.map(clickTo));
      for (const [index, answer] of answers.entries()) {
        const target = batch[index] ?? "";
        const location = answer.headers.location ?? "";
        expect(answer.status).toBe(302);
        const id = clickId.exec(location)?.[1] ?? "";
        const [address = "", ...fragment] = target.split("#");
        const rest = fragment.length > 0 ? `#${fragment.join("#")}` : "";
        const separator = !address.includes("?") ? "?" : /[?&]$/.test(address) ? "" : "&";
        expect(location).toBe(`${address}${separator}bk=${id}${rest}`);
      }
    }
  });

  test("without consent the same addresses are untouched", async () => {
    for (const target of ["https://shop.example/a?b=%20+&c#d", "https://www.shop.example?x"]) {
      const answer = await edge.get(`/c/spring?to=${encodeURIComponent(target)}`);
      expect(answer.headers.location).toBe(target);
    }
  });

  test("addresses with letters that no header carries arrive as the standard writes them", async () => {
    const answer = await clickTo("https://müller.example/größe?farbe=grün#maß");
    expect(answer.headers.location).toMatch(
      /^https:\/\/xn--mller-kva\.example\/gr%C3%B6%C3%9Fe\?farbe=gr%C3%BCn&bk=[0-9a-z]{34}#ma%C3%9F$/,
    );
  });

  test("a plus sign and a percent sign in an unencoded value stay what they are", async () => {
    const answer = await edge.get("/c/spring?cons=1&to=https://shop.example/?q=a+b");
    expect(answer.headers.location).toMatch(/^https:\/\/shop\.example\/\?q=a\+b&bk=/);
  });
});

/** Attempts to be sent somewhere else. */
const attacks: readonly string[] = [
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/evil",
  "evil.example",
  "https:evil.example",
  "https:/evil.example",
  "https:///evil.example",
  "https:\\\\evil.example",
  "https://evil.example",
  "https://evil.example/shop.example",
  "https://evil.example?shop.example",
  "https://evil.example#shop.example",
  "https://evil.example#@shop.example",
  "https://evil.example\\@shop.example",
  "https://evil.example\\.shop.example",
  "https://shop.example@evil.example",
  "https://shop.example:x@evil.example",
  "https://shop.example%40evil.example",
  "https://shop.example%2eevil.example",
  "https://user@shop.example",
  "https://user:pass@shop.example/",
  "https://@shop.example/",
  "https://:@shop.example/",
  "https://shop.example.evil.example",
  "https://evilshop.example",
  "https://shop-example",
  "https://shop.example.",
  "https://.shop.example",
  "https://shop.example:8443/",
  "https://shop.example:80@evil.example/",
  "http://shop.example/",
  "HTTP://shop.example/",
  "ftp://shop.example/",
  "ws://shop.example/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)//shop.example",
  "javascript://shop.example/%0aalert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:msgbox(1)",
  "blob:https://shop.example/1",
  "view-source:https://shop.example",
  "intent://shop.example#Intent;scheme=https;end",
  " https://evil.example",
  "\thttps://evil.example",
  "https://shop.example\r\nSet-Cookie: a=b",
  "https://shop.example\nLocation: https://evil.example",
  "https://shop.example\r\n\r\n<script>alert(1)</script>",
  "https://shop.example\u0000.evil.example",
  "https://shop.example\t.evil.example",
  "java\nscript:alert(1)",
  "https://shop.example /",
  "https://shop.example\u2028/",
  "https://shop。example.evil。example",
  "https://evil。example",
  "https://evil．example",
  "https://shоp.example/",
  "https://xn--shp-hsd.example",
  "https://ｅvil.example",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://127.0.0.1/",
  "https://0x7f000001/",
  "https://2130706433/",
  "https://017700000001/",
  "https://localhost/",
  "https://169.254.169.254/latest/meta-data",
  "https://shop.example%00.evil.example",
  "https://%",
  "https://",
  "https:// ",
  "?to=https://evil.example",
  "#https://evil.example",
  "https://evil.example;https://shop.example",
  "https://shop.example,evil.example",
  "https://shop.example;evil.example",
  `https://shop.example/${"a".repeat(5000)}`,
];

describe("open redirects", () => {
  test("no attack leaves the programme's hosts or writes a header", async () => {
    expect(attacks.length).toBeGreaterThanOrEqual(60);
    const before = edge.edge.counters.targets_refused;
    for (const attack of attacks) {
      const answer = await clickTo(attack);
      expect(answer.status, attack).toBe(302);
      expect(answer.headers.location, attack).toMatch(/^https:\/\/shop\.example\/\?bk=[0-9a-z]{34}$/);
      expect(answer.headers["set-cookie"]?.length, attack).toBe(1);
    }
    expect(edge.edge.counters.targets_refused - before).toBe(attacks.length);
  });

  test("raw bytes in the address change nothing", async () => {
    const raws = ["%", "%0", "%ff%fe", "https%3A%2F%2Fshop.example%0d%0aX:%20y", "%E0%A4%A", "https://shop.example/%ff%0a"];
    for (const raw of raws) {
      const answer = await edge.get(`/c/spring?cons=1&to=${raw}`);
      expect(answer.headers.location, raw).toMatch(/^https:\/\/shop\.example\/\?bk=/);
    }
  });

  test("only the first `to` counts, and a link whose own target is not allowed leads home", async () => {
    const doubled = await edge.get("/c/spring?cons=1&to=https%3A%2F%2Fshop.example%2F1&to=https%3A%2F%2Fevil.example");
    expect(doubled.headers.location).toMatch(/^https:\/\/shop\.example\/1\?bk=/);
    const astray = await edge.get("/c/astray?cons=1");
    expect(astray.headers.location).toMatch(/^https:\/\/shop\.example\/\?bk=/);
  });

  test("a refused target is marked in the record", async () => {
    const records = await edge.records();
    expect(records.filter((record) => record.kind === "click" && record.targetRefused).length).toBeGreaterThanOrEqual(60);
  });
});
