import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTarget, defaultLabel, keyOfLink } from "./link.ts";

const programme = { id: "prg_1", org: "org_m", name: "Shop", homeUrl: "https://shop.example/", hosts: ["shop.example"] } as const;

describe("checkTarget", () => {
  test("takes the programme's hosts and their subdomains", () => {
    expect(checkTarget("https://shop.example/mug?x=1#a", programme)).toEqual({ ok: true, value: "https://shop.example/mug?x=1#a" });
    expect(checkTarget("https://WWW.Shop.Example/", programme).ok).toBe(true);
  });

  test.each([
    "https://evil.example/",
    "https://shop.example.evil.example/",
    "https://shop.example@evil.example/",
    "https://user:secret@shop.example/",
    "https://notshop.example/",
    "javascript:alert(1)//shop.example",
    "//shop.example",
    "http://shop.example/",
    "https://shop.example:8443/",
    "",
  ])("refuses %s", (address) => {
    expect(checkTarget(address, programme)).toMatchObject({ ok: false, error: { kind: "target-not-allowed", hosts: ["shop.example"] } });
  });

  test("never lets a foreign host through, whatever stands before it", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["https", "http"] }), (address) => {
        expect(checkTarget(address, programme).ok).toBe(/^https:\/\/([^/?#]+\.)?shop\.example([/?#]|$)/.test(address));
      }),
      { numRuns: 200 },
    );
  });

  test("takes a shop on a port of its own", () => {
    const local = { ...programme, homeUrl: "http://127.0.0.1:8080/", hosts: ["127.0.0.1:8080"] };
    expect(checkTarget("http://127.0.0.1:8080/mug", local).ok).toBe(true);
    expect(checkTarget("http://127.0.0.1:8081/mug", local).ok).toBe(false);
  });
});

test("a link's key is the end of its id, its default label what a person would say", () => {
  expect(keyOfLink("lnk_01jd00000000abcdefghjkmnpq")).toBe("efghjkmnpq".slice(-10));
  expect(defaultLabel("https://shop.example/mug?utm=1")).toBe("shop.example/mug");
  expect(defaultLabel("https://shop.example/")).toBe("shop.example");
});
