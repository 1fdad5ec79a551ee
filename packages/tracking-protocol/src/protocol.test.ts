import { createHmac, randomBytes } from "node:crypto";
import { instant, type OrgId, type ProgrammeId, ulidTime } from "@biotop/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clickIdOf,
  cookieValue,
  createSigner,
  createUlidSource,
  decodeCookie,
  encodeCookie,
  encodeFrame,
  frameAt,
  frameRecords,
  isClickIdOf,
  nextFrameAfter,
  parseRouteTable,
  type RouteTable,
  resolveConsent,
  subIdSlot,
  subIdValue,
  verifyClickId,
  withClick,
} from "./index.ts";

const shop: ProgrammeId = "prg_shop";
const other: ProgrammeId = "prg_other";
const secret = "k".repeat(40);
const signer = createSigner({ kid: "2026-11", secret });
const older = createSigner({ kid: "2026-10", secret: "o".repeat(40) });
const nextUlid = createUlidSource();

describe("click id", () => {
  test("the MAC is the first 40 bits of a standard HMAC-SHA-256", () => {
    const lengths = [1, 40, 64, 65, 200];
    for (const length of lengths) {
      const key = randomBytes(length).toString("hex").slice(0, length);
      const message = randomBytes(30).toString("base64");
      const digest = createHmac("sha256", key).update(message).digest();
      const bits = [...digest.subarray(0, 5)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
      const expected = (bits.match(/.{5}/g) ?? []).map((five) => "0123456789abcdefghjkmnpqrstvwxyz"[Number.parseInt(five, 2)]).join("");
      expect(createSigner({ kid: "k", secret: key }).sign(message)).toBe(expected);
    }
  });

  test("an id is 34 characters, begins with its time and is accepted for its programme", () => {
    const id = clickIdOf(signer, nextUlid(1_764_000_000_123), shop);
    expect(id).toMatch(/^[0-9a-z]{34}$/);
    expect(ulidTime(id.slice(0, 26))).toBe(1_764_000_000_123);
    expect(verifyClickId([signer], id, shop, [other])).toEqual({ ok: true, value: id });
  });

  test("an id of a rotated key is accepted as long as the key is listed", () => {
    const id = clickIdOf(older, nextUlid(1), shop);
    expect(isClickIdOf([signer, older], id, shop)).toBe(true);
    expect(isClickIdOf([signer], id, shop)).toBe(false);
  });

  test("another programme's id is foreign; changed, cut, upper-cased and empty ones are forged", () => {
    const id = clickIdOf(signer, nextUlid(1), shop);
    expect(verifyClickId([signer], clickIdOf(signer, nextUlid(1), other), shop, [other])).toEqual({ ok: false, error: "foreign-click-id" });
    const forged = [
      id.slice(0, 33),
      `${id}0`,
      id.toUpperCase(),
      "",
      `${id.slice(0, 33)}${id.endsWith("0") ? "1" : "0"}`,
      `1${id.slice(1)}`,
    ];
    for (const text of forged) expect(verifyClickId([signer], text, shop, [other])).toEqual({ ok: false, error: "forged-click-id" });
  });

  test("ids rise within one source even inside one millisecond and when the clock steps back", () => {
    const source = createUlidSource();
    const ids = Array.from({ length: 5000 }, (_, index) => source(index % 3 === 0 ? 1000 : 999));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("cookie", () => {
  const click = () => clickIdOf(signer, nextUlid(1_764_000_000_000), shop);

  test("a cookie says what was written, and the eleventh click drops the oldest within 1 KB", () => {
    const visitor = nextUlid(5);
    let clicks: readonly { id: string; epochMinutes: number }[] = [];
    const written = Array.from({ length: 11 }, click);
    for (const id of written) clicks = withClick({ visitor, clicks }, id, 29_400_000);
    const value = encodeCookie(signer, visitor, clicks);
    expect(value.length).toBeLessThanOrEqual(1024);
    expect(value).toMatch(/^[0-9a-z._-]+$/);
    expect(decodeCookie([older, signer], value)).toEqual({
      visitor,
      clicks: written.slice(1).map((id) => ({ id, epochMinutes: 29_400_000 })),
    });
  });

  test("a cookie with any character changed is ignored", () => {
    const value = encodeCookie(signer, nextUlid(5), [{ id: click(), epochMinutes: 1 }]);
    for (let at = 0; at < value.length; at += 1) {
      const changed = `${value.slice(0, at)}${value[at] === "0" ? "1" : "0"}${value.slice(at + 1)}`;
      expect(decodeCookie([signer], changed)).toBeUndefined();
    }
    expect(decodeCookie([signer], "x".repeat(2000))).toBeUndefined();
    expect(decodeCookie([signer], "")).toBeUndefined();
  });

  test("one cookie is found among others by its whole name", () => {
    expect(cookieValue("a=1; bk=2; __Host-bk=3", "bk")).toBe("2");
    expect(cookieValue("xbk=1;bk2=4", "bk")).toBeUndefined();
    expect(cookieValue(undefined, "bk")).toBeUndefined();
  });
});

describe("consent", () => {
  test.each([
    { cons: ["1"], gpc: undefined, strict: true, assumed: true },
    { cons: ["0"], gpc: undefined, strict: "denied", assumed: "denied" },
    { cons: ["1", "0"], gpc: undefined, strict: "denied", assumed: "denied" },
    { cons: [], gpc: undefined, strict: "no-consent", assumed: true },
    { cons: ["yes"], gpc: undefined, strict: "no-consent", assumed: true },
    { cons: ["1"], gpc: "1", strict: "gpc", assumed: "gpc" },
    { cons: [], gpc: " 1 ", strict: "gpc", assumed: "gpc" },
    { cons: ["1"], gpc: "0", strict: true, assumed: true },
  ])("cons=$cons with Sec-GPC $gpc is $strict under strict and $assumed under assumed", ({ cons, gpc, strict, assumed }) => {
    const outcome = (policy: "strict" | "assumed") => {
      const consent = resolveConsent({ cons, gpc }, policy);
      return consent.granted ? true : consent.reason;
    };
    expect(outcome("strict")).toBe(strict);
    expect(outcome("assumed")).toBe(assumed);
  });
});

describe("sub-ids", () => {
  test.each([
    ["sub1", "sub1"],
    ["sub10", "sub10"],
    ["clickref", "sub1"],
    ["clickref6", "sub6"],
    ["subId3", "sub3"],
    ["SUBID", "sub1"],
    ["epi2", "sub2"],
    ["u1", "sub1"],
    ["aff_sub5", "sub5"],
    ["sharedid", "sub4"],
    ["xid", "partnerClickId"],
    ["clickid", "partnerClickId"],
  ])("%s fills %s", (name, slot) => {
    expect(subIdSlot(name)?.slot).toBe(slot);
  });

  test("unknown names fill nothing", () => {
    for (const name of ["sub0", "sub11", "to", "cons", "__proto__", "constructor"]) expect(subIdSlot(name)).toBeUndefined();
  });

  test("control characters are stripped; more than 255 bytes are refused whole", () => {
    expect(subIdValue("a\r\nb\u0000c\u0085")).toBe("abc");
    expect(subIdValue("ü".repeat(127))).toBe("ü".repeat(127));
    expect(subIdValue("ü".repeat(128))).toBeUndefined();
    expect(subIdValue("x".repeat(256))).toBeUndefined();
    expect(subIdValue("\ud800")).toBeUndefined();
    expect(subIdValue("")).toBeUndefined();
  });
});

describe("segment frame", () => {
  test("what is written is read; zeros are the end", () => {
    const frame = encodeFrame(['{"a":1}', '{"b":"ü"}']);
    const read = frameAt(Buffer.concat([frame, Buffer.alloc(20)]), 0, true);
    expect(read).toMatchObject({ kind: "frame", end: frame.length });
    expect(read.kind === "frame" ? frameRecords(read.payload) : []).toEqual([{ a: 1 }, { b: "ü" }]);
    expect(frameAt(Buffer.concat([frame, Buffer.alloc(20)]), frame.length, true)).toEqual({ kind: "end" });
    expect(frameAt(frame, frame.length, true)).toEqual({ kind: "end" });
  });

  test("a frame cut anywhere is broken at the end of a file and incomplete before it", () => {
    const frame = encodeFrame(['{"kind":"click","id":"01"}']);
    for (let length = 1; length < frame.length; length += 1) {
      expect(frameAt(frame.subarray(0, length), 0, true).kind).toBe("broken");
      expect(frameAt(frame.subarray(0, length), 0, false).kind).toBe("more");
      const preallocated = Buffer.concat([frame.subarray(0, length), Buffer.alloc(100)]);
      expect(frameAt(preallocated, 0, true).kind).toBe("broken");
    }
  });

  test("every single flipped bit is noticed, and the next whole frame is found", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), fc.nat(), (texts, at) => {
        const lines = texts.map((text) => JSON.stringify({ text }));
        const frame = encodeFrame(lines);
        const follower = encodeFrame(['{"next":true}']);
        const bytes = Buffer.concat([frame, follower]);
        const bit = at % (frame.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(frameAt(bytes, 0, true).kind).toBe("broken");
        expect(nextFrameAfter(bytes, 0)).toBe(frame.length);
      }),
    );
  });
});

describe("route table", () => {
  const merchant: OrgId = "org_m";
  const table: RouteTable = {
    version: 7,
    clock: { mode: "manual", at: instant("2010-12-01T00:00:00.000Z") },
    clickKeys: [{ kid: "a", secret }],
    programmes: [
      {
        id: shop,
        merchant,
        homeUrl: "https://shop.example/",
        hosts: ["shop.example"],
        currency: "EUR" as never,
        clickParameter: "bk",
        cookieDays: 30,
        consentPolicy: "strict",
      },
    ],
    links: [
      {
        key: "abc",
        id: "lnk_1",
        programme: shop,
        partner: "org_p",
        target: "https://shop.example/x",
        subIds: { sub1: "a" },
        state: "paused",
      },
    ],
    keys: [{ keyId: "key_1", org: merchant, secretSha256: "a".repeat(64), scopes: ["conversions:write"], expiresAt: null }],
  };
  const text = JSON.stringify(table);

  test("a published table is read as it was written", () => {
    expect(parseRouteTable(text)).toEqual({ ok: true, value: table });
  });

  test("a table cut anywhere is refused", () => {
    for (let length = 0; length < text.length; length += 1) expect(parseRouteTable(text.slice(0, length)).ok).toBe(false);
  });

  test("a table with a wrong entry is refused and says where", () => {
    const wrong: readonly [string, unknown][] = [
      ["/version", { ...table, version: "7" }],
      ["/clock/mode", { ...table, clock: { mode: "stopped" } }],
      ["/clickKeys", { ...table, clickKeys: [] }],
      ["/clickKeys/0/secret", { ...table, clickKeys: [{ kid: "a", secret: "short" }] }],
      ["/links/0/programme", { ...table, links: [{ ...table.links[0], programme: other }] }],
      ["/links/0/target", { ...table, links: [{ ...table.links[0], target: "javascript:alert(1)" }] }],
      ["/programmes/0/clickParameter", { ...table, programmes: [{ ...table.programmes[0], clickParameter: "b&k" }] }],
      ["/keys/0/secretSha256", { ...table, keys: [{ ...table.keys[0], secretSha256: "zz" }] }],
      ["/links", { ...table, links: {} }],
    ];
    for (const [at, content] of wrong) {
      expect(parseRouteTable(JSON.stringify(content))).toMatchObject({ ok: false, error: { kind: "broken-route-table", at } });
    }
    for (const content of ["null", "[]", "7", '"x"', "{}"]) expect(parseRouteTable(content).ok).toBe(false);
  });
});
