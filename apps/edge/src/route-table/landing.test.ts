import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { landingOf } from "./landing.ts";

const at = (target: string, id = "ID") => {
  const landing = landingOf(target, "bk");
  return landing.before + id + landing.after;
};

describe("landing", () => {
  test.each([
    ["https://shop.example", "https://shop.example?bk=ID"],
    ["https://shop.example/", "https://shop.example/?bk=ID"],
    ["https://shop.example/#a", "https://shop.example/?bk=ID#a"],
    ["https://shop.example/?", "https://shop.example/?bk=ID"],
    ["https://shop.example/?a=1", "https://shop.example/?a=1&bk=ID"],
    ["https://shop.example/?a=1&", "https://shop.example/?a=1&bk=ID"],
    ["https://shop.example/?a=1#x?bk=2", "https://shop.example/?a=1&bk=ID#x?bk=2"],
    ["https://shop.example/?bk=old", "https://shop.example/?bk=ID"],
    ["https://shop.example/?bk", "https://shop.example/?bk=ID"],
    ["https://shop.example/?a=1&bk=old&c=2#f", "https://shop.example/?a=1&bk=ID&c=2#f"],
    ["https://shop.example/?bk=1&a=2&bk=3", "https://shop.example/?bk=ID&a=2"],
    ["https://shop.example/?b%6B=old&a=1", "https://shop.example/?bk=ID&a=1"],
    ["https://shop.example/?abk=1&bkb=2", "https://shop.example/?abk=1&bkb=2&bk=ID"],
    ["https://shop.example/?a=%&b=%zz", "https://shop.example/?a=%&b=%zz&bk=ID"],
    ["https://shop.example/?a&a&&=1", "https://shop.example/?a&a&&=1&bk=ID"],
  ])("%s becomes %s", (target, expected) => {
    expect(at(target)).toBe(expected);
  });

  test("without an id a foreign one is taken out and nothing else changes", () => {
    expect(landingOf("https://shop.example/?a=1&bk=old&c=2#f", "bk").untracked).toBe("https://shop.example/?a=1&c=2#f");
    expect(landingOf("https://shop.example/?bk=old", "bk").untracked).toBe("https://shop.example/");
    expect(landingOf("https://shop.example/?b%6b=old&x", "bk").untracked).toBe("https://shop.example/?x");
  });

  test("everything but our own parameter stays byte for byte", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9%+._~!$'()*,;:@/?=-]{0,20}$/);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.option(part, { nil: undefined }), (entries, fragment) => {
        const safe = entries.filter((entry) => !/^b(k|%6b)|^%62/i.test(entry));
        const target = `https://shop.example/p${safe.length > 0 ? `?${safe.join("&")}` : ""}${fragment === undefined ? "" : `#${fragment}`}`;
        const { before, after } = landingOf(target, "bk");
        const kept = before.slice(0, -"bk=".length);
        expect([kept + after, kept.slice(0, -1) + after]).toContain(target);
        const landed = `${before}7${after}`;
        expect(landingOf(target, "bk").untracked).toBe(target);
        expect(new URL(landed).searchParams.getAll("bk")).toEqual(["7"]);
      }),
      { numRuns: 500 },
    );
  });
});
