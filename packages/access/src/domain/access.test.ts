import { instant } from "@biotop/kernel";
import { roles } from "@biotop/wire";
import { describe, expect, test } from "vitest";
import { keyIdIn, keyPrefix, keyText } from "./api-key.ts";
import { readCsv } from "./csv.ts";
import { isStrongPassword } from "./password.ts";
import { mayGrantRole, scopesOf } from "./roles.ts";
import { isFromOwnPage } from "./same-origin.ts";
import { isInForce, type SigningAuthority } from "./signing-authority.ts";

describe("roles", () => {
  test("only the operator's owners and administrators run the instance", () => {
    const running = roles.filter((role) => scopesOf(role, true).includes("instance:admin"));
    expect(running).toEqual(["owner", "admin"]);
    expect(roles.filter((role) => scopesOf(role, false).includes("instance:admin"))).toEqual([]);
  });
  test("a viewer changes nothing", () => {
    expect(scopesOf("viewer", true).filter((scope) => !scope.endsWith(":read"))).toEqual(["organisations:create"]);
  });
  test("nobody gives a role that may do more than the own one, and owners are named by owners", () => {
    expect(mayGrantRole("owner", "owner")).toBe(true);
    expect(mayGrantRole("admin", "owner")).toBe(false);
    expect(mayGrantRole("admin", "finance")).toBe(true);
    expect(mayGrantRole("manager", "finance")).toBe(false);
  });
});

describe("a key text", () => {
  test("carries the key's id, and nothing else is taken for a key", () => {
    expect(keyText("key_01abc", "s".repeat(27))).toBe(`bt_live_01abc_${"s".repeat(27)}`);
    expect(keyIdIn(keyText("key_01abc", "s".repeat(27)))).toBe("key_01abc");
    expect(keyPrefix("key_01abc")).toBe("bt_live_01abc");
    for (const text of ["", "bt_live_01abc_short", "bt_test_01abc_sssssssssssssssssssssss", "bt_live_01ABC_sssssssssssssssssssssss"])
      expect(keyIdIn(text)).toBeUndefined();
  });
});

describe("a CSV text", () => {
  test("is read with its separator, quotes, line ends and byte order mark", () => {
    expect(readCsv('\uFEFFa;b\r\n1;"x; ""y"""\r\n\r\n2;\n')).toEqual([
      { a: "1", b: 'x; "y"' },
      { a: "2", b: "" },
    ]);
    expect(readCsv('a,b\n"line\nbreak",2')).toEqual([{ a: "line\nbreak", b: "2" }]);
    expect(readCsv("a\tb\n1\t2")).toEqual([{ a: "1", b: "2" }]);
    expect(readCsv("")).toEqual([]);
  });
});

describe("a signing authority", () => {
  const authority: SigningAuthority = {
    id: "sga_1",
    org: "org_1",
    key: "key_1",
    user: "usr_1",
    programmes: "any",
    limitPpm: 1n,
    limitFixed: null,
    grantedAt: instant("2026-01-01T00:00:00Z"),
    expiresAt: instant("2026-02-01T00:00:00Z"),
    revokedAt: null,
  };
  test("counts from its grant up to its end", () => {
    expect(isInForce(authority, authority.grantedAt)).toBe(true);
    expect(isInForce(authority, authority.expiresAt)).toBe(false);
    expect(isInForce({ ...authority, revokedAt: authority.grantedAt }, authority.grantedAt)).toBe(false);
  });
});

describe("a password", () => {
  test("is long and not one character over and over", () => {
    expect(isStrongPassword("correct horse battery")).toBe(true);
    expect(isStrongPassword("short")).toBe(false);
    expect(isStrongPassword("aaaaaaaaaaaaaaaa")).toBe(false);
  });
});

describe("a writing request", () => {
  test("comes from the own page by what the browser says, else by its origin", () => {
    const own = "https://partners.example";
    expect(isFromOwnPage({ "sec-fetch-site": "same-origin" }, own)).toBe(true);
    expect(isFromOwnPage({ "sec-fetch-site": "same-site", origin: own }, own)).toBe(false);
    expect(isFromOwnPage({ origin: own }, own)).toBe(true);
    expect(isFromOwnPage({ origin: "http://10.0.0.7:3000", host: "10.0.0.7:3000" }, own)).toBe(true);
    expect(isFromOwnPage({ origin: "https://evil.example", host: "partners.example" }, own)).toBe(false);
    expect(isFromOwnPage({}, own)).toBe(true);
  });
});
