import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { isId, ulid, ulidTime } from "./ids.ts";

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe("ids", () => {
  test("sort by time and give it back", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), bytes, bytes, (a, b, first, second) => {
        const [one, two] = [ulid(a * 1000, first), ulid(b * 1000, second)];
        expect(one).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
        expect(ulidTime(one)).toBe(a * 1000);
        if (a !== b) expect(one < two).toBe(a < b);
      }),
    );
  });

  test("different bytes give different ids", () => {
    fc.assert(
      fc.property(bytes, bytes, (first, second) => {
        expect(ulid(1, first) === ulid(1, second)).toBe(first.every((byte, index) => byte === second[index]));
      }),
    );
  });

  test("carry their kind", () => {
    expect(isId("org", "org_01j")).toBe(true);
    expect(isId("org", "ctr_01j")).toBe(false);
    expect(isId("org", "org_01J'")).toBe(false);
  });
});

describe("canonical JSON", () => {
  test("sorts keys by UTF-16 units and writes no white space (RFC 8785, 3.2.3)", () => {
    const value: Json = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "1": "One",
      "\u0080": "Control",
      "\u00f6": "o",
      "\ud83d\ude00": "Smiley",
    };
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object)).toHaveLength(6);
    expect(canonicalJson(value)).toBe('{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"o","€":"Euro Sign","😀":"Smiley"}');
  });

  test("does not depend on the order of insertion", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(object));
      }),
    );
  });

  test("refuses floats and lone surrogates", () => {
    expect(() => canonicalJson(0.1)).toThrow("safe integer");
    expect(() => canonicalJson("\ud800")).toThrow("surrogate");
  });
});
